# SPDX-License-Identifier: Apache-2.0
"""CPython's subprocess: answers requests on standard input, one a line, with a line of numbers."""
import subprocess
import sys
import threading
import time

QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def each(count, action):
    times = []
    for _ in range(count):
        begun = time.monotonic_ns()
        action()
        times.append(time.monotonic_ns() - begun)
    return times


def spawn(program, count):
    times = []
    for _ in range(count):
        begun = time.monotonic_ns()
        process = subprocess.Popen([program], **QUIET)
        times.append(time.monotonic_ns() - begun)
        process.wait()
    return times


def capture(program):
    if len(subprocess.run([program], stdout=subprocess.PIPE, check=True).stdout) != 16:
        raise AssertionError("not sixteen bytes")


def rate(program, threads, tenths):
    begun = time.monotonic()
    counts = [0] * threads

    def run(index):
        while time.monotonic() - begun < tenths / 10:
            subprocess.run([program], **QUIET, check=True)
            counts[index] += 1

    runners = [threading.Thread(target=run, args=(i,)) for i in range(threads)]
    for runner in runners:
        runner.start()
    for runner in runners:
        runner.join()
    return [sum(counts) / (time.monotonic() - begun)]


def read(program, mebibytes):
    processor = time.process_time()
    begun = time.monotonic()
    process = subprocess.Popen([program, mebibytes], stdout=subprocess.PIPE, bufsize=0)
    total = 0
    while piece := process.stdout.read(65536):
        total += len(piece)
    process.stdout.close()
    process.wait()
    gigabytes = total / 1e9
    return [gigabytes / (time.monotonic() - begun), (time.process_time() - processor) / gigabytes]


def answer(figure, *arguments):
    if figure == "spawn":
        return spawn(arguments[0], int(arguments[1]))
    if figure == "run":
        return each(int(arguments[1]), lambda: subprocess.run([arguments[0]], **QUIET, check=True))
    if figure == "capture":
        return each(int(arguments[1]), lambda: capture(arguments[0]))
    if figure == "rate":
        return rate(arguments[0], int(arguments[1]), int(arguments[2]))
    if figure == "read":
        return read(arguments[0], arguments[1])
    return ["unsupported"]


for line in sys.stdin:
    print(*answer(*line.split()), flush=True)
