// SPDX-License-Identifier: Apache-2.0

// Go's os/exec: answers requests on standard input, one a line, with a line of numbers.
package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func each(count int, action func()) string {
	var answer strings.Builder
	for i := 0; i < count; i++ {
		begun := time.Now()
		action()
		fmt.Fprint(&answer, time.Since(begun).Nanoseconds(), " ")
	}
	return answer.String()
}

func spawn(program string, count int) string {
	var answer strings.Builder
	for i := 0; i < count; i++ {
		begun := time.Now()
		command := exec.Command(program)
		check(command.Start())
		fmt.Fprint(&answer, time.Since(begun).Nanoseconds(), " ")
		check(command.Wait())
	}
	return answer.String()
}

func rate(program string, threads int, tenths int) string {
	begun := time.Now()
	counts := make([]int, threads)
	var group sync.WaitGroup
	for i := range counts {
		group.Add(1)
		go func(count *int) {
			defer group.Done()
			for time.Since(begun) < time.Duration(tenths)*100*time.Millisecond {
				check(exec.Command(program).Run())
				*count++
			}
		}(&counts[i])
	}
	group.Wait()
	sum := 0
	for _, count := range counts {
		sum += count
	}
	return fmt.Sprint(float64(sum) / time.Since(begun).Seconds())
}

func answer(request []string) string {
	if len(request) < 3 {
		return "unsupported"
	}
	program := request[1]
	count, _ := strconv.Atoi(request[2])
	switch request[0] {
	case "spawn":
		return spawn(program, count)
	case "run":
		return each(count, func() { check(exec.Command(program).Run()) })
	case "capture":
		return each(count, func() {
			output, err := exec.Command(program).Output()
			check(err)
			if len(output) != 16 {
				panic("not sixteen bytes")
			}
		})
	case "rate":
		tenths, _ := strconv.Atoi(request[3])
		return rate(program, count, tenths)
	}
	return "unsupported"
}

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fmt.Println(answer(strings.Fields(lines.Text())))
	}
}
