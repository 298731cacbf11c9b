/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SUBPROCESS_ARCH_AARCH64_SYSCALL_H
#define SUBPROCESS_ARCH_AARCH64_SYSCALL_H

enum system_call {
	CALL_DUP3 = 24,
	CALL_FCNTL = 25,
	CALL_IOCTL = 29,
	CALL_CHDIR = 49,
	CALL_OPENAT = 56,
	CALL_CLOSE = 57,
	CALL_PIPE2 = 59,
	CALL_GETDENTS64 = 61,
	CALL_READ = 63,
	CALL_WRITE = 64,
	CALL_PPOLL = 73,
	CALL_EXIT_GROUP = 94,
	CALL_WAITID = 95,
	CALL_NANOSLEEP = 101,
	CALL_CLOCK_GETTIME = 113,
	CALL_SCHED_SETAFFINITY = 122,
	CALL_KILL = 129,
	CALL_RT_SIGACTION = 134,
	CALL_RT_SIGPROCMASK = 135,
	CALL_SETPRIORITY = 140,
	CALL_SETRESUID = 147,
	CALL_SETRESGID = 149,
	CALL_SETPGID = 154,
	CALL_GETPGID = 155,
	CALL_SETSID = 157,
	CALL_SETGROUPS = 159,
	CALL_UMASK = 166,
	CALL_PRCTL = 167,
	CALL_GETPID = 172,
	CALL_GETPPID = 173,
	CALL_BRK = 214,
	CALL_CLONE = 220,
	CALL_EXECVE = 221,
	CALL_PRLIMIT64 = 261,
	CALL_SECCOMP = 277,
	CALL_EXECVEAT = 281,
	CALL_STATX = 291,
	CALL_PIDFD_SEND_SIGNAL = 424,
	CALL_PIDFD_OPEN = 434,
	CALL_CLONE3 = 435,
	CALL_CLOSE_RANGE = 436,
	CALL_LANDLOCK_CREATE_RULESET = 444,
	CALL_LANDLOCK_ADD_RULE = 445,
	CALL_LANDLOCK_RESTRICT_SELF = 446,
};

static inline long call_system(enum system_call number, long first, long second, long third, long fourth, long fifth)
{
	register long x8 __asm__("x8") = (long)number;
	register long x0 __asm__("x0") = first;
	register long x1 __asm__("x1") = second;
	register long x2 __asm__("x2") = third;
	register long x3 __asm__("x3") = fourth;
	register long x4 __asm__("x4") = fifth;

	__asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4) : "cc", "memory");
	return x0;
}

/*
 * clone and clone3 alike. The child must not leave this block by its end: on
 * the parent's memory it would return through a frame that the parent uses.
 */
static inline long call_birth(enum system_call number, long first, long second, long third, void (*function)(void *),
			      void *argument)
{
	register long x8 __asm__("x8") = (long)number;
	register long x0 __asm__("x0") = first;
	register long x1 __asm__("x1") = second;
	register long x2 __asm__("x2") = third;
	register long x3 __asm__("x3") = 0;
	register long x4 __asm__("x4") = 0;
	register void (*x10)(void *) __asm__("x10") = function;
	register void *x11 __asm__("x11") = argument;

	__asm__ volatile("svc #0\n\t"
			 "cbnz x0, 1f\n\t"
			 "mov x29, #0\n\t"
			 "mov x30, #0\n\t"
			 "mov x0, x11\n\t"
			 "blr x10\n\t"
			 "brk #1\n"
			 "1:"
			 : "+r"(x0)
			 : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x10), "r"(x11)
			 : "cc", "memory");
	return x0;
}

#endif
