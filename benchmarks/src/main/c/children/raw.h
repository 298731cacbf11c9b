/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the children need of the kernel, without a libc: the start of a libc would be
 * measured with every one of them. Each child defines `child(stack)`, which returns its
 * exit status; stack[0] is argc, stack[1] the first of argv.
 */
#ifndef BENCHMARKS_RAW_H
#define BENCHMARKS_RAW_H

#include <asm/unistd.h>

long child(long *stack);

#if defined(__x86_64__)

#define START                                                                                                          \
	"xorl %ebp, %ebp\n\t"                                                                                          \
	"movq %rsp, %rdi\n\t"                                                                                          \
	"andq $-16, %rsp\n\t"                                                                                          \
	"call enter\n\t"

static inline long call(long number, long a, long b, long c, long d)
{
	register long r10 __asm__("r10") = d;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10)
			 : "rcx", "r11", "memory");
	return result;
}

#elif defined(__aarch64__)

#define START                                                                                                          \
	"mov x29, #0\n\t"                                                                                              \
	"mov x30, #0\n\t"                                                                                              \
	"mov x0, sp\n\t"                                                                                               \
	"bl enter\n\t"

static inline long call(long number, long a, long b, long c, long d)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3) : "memory");
	return x0;
}

#else
#error "no children for this architecture yet"
#endif

__asm__(".text\n\t.global _start\n_start:\n\t" START);

__attribute__((used, noreturn)) static void enter(long *stack)
{
	long status = child(stack);

	for (;;)
		call(__NR_exit_group, status, 0, 0, 0);
}

#endif
