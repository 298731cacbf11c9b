/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SUBPROCESS_ARCH_X86_64_SYSCALL_H
#define SUBPROCESS_ARCH_X86_64_SYSCALL_H

enum system_call {
	CALL_READ = 0,
	CALL_WRITE = 1,
	CALL_CLOSE = 3,
	CALL_BRK = 12,
	CALL_RT_SIGACTION = 13,
	CALL_RT_SIGPROCMASK = 14,
	CALL_IOCTL = 16,
	CALL_NANOSLEEP = 35,
	CALL_GETPID = 39,
	CALL_CLONE = 56,
	CALL_EXECVE = 59,
	CALL_KILL = 62,
	CALL_FCNTL = 72,
	CALL_CHDIR = 80,
	CALL_UMASK = 95,
	CALL_SETPGID = 109,
	CALL_GETPPID = 110,
	CALL_SETSID = 112,
	CALL_SETGROUPS = 116,
	CALL_SETRESUID = 117,
	CALL_SETRESGID = 119,
	CALL_GETPGID = 121,
	CALL_SETPRIORITY = 141,
	CALL_PRCTL = 157,
	CALL_SCHED_SETAFFINITY = 203,
	CALL_GETDENTS64 = 217,
	CALL_CLOCK_GETTIME = 228,
	CALL_EXIT_GROUP = 231,
	CALL_WAITID = 247,
	CALL_OPENAT = 257,
	CALL_PPOLL = 271,
	CALL_DUP3 = 292,
	CALL_PIPE2 = 293,
	CALL_PRLIMIT64 = 302,
	CALL_SECCOMP = 317,
	CALL_EXECVEAT = 322,
	CALL_STATX = 332,
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
	register long r10 __asm__("r10") = fourth;
	register long r8 __asm__("r8") = fifth;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"((long)number), "D"(first), "S"(second), "d"(third), "r"(r10), "r"(r8)
			 : "rcx", "r11", "cc", "memory");
	return result;
}

/*
 * clone and clone3 alike. The child must not leave this block by its end: on
 * the parent's memory it would return through a frame that the parent uses.
 * The 128 bytes are the red zone, in which the compiler may keep what
 * `argument` points to when the child runs on a copy of this very stack.
 */
static inline long call_birth(enum system_call number, long first, long second, long third, void (*function)(void *),
			      void *argument)
{
	register long r10 __asm__("r10") = 0;
	register long r8 __asm__("r8") = 0;
	register void (*r12)(void *) __asm__("r12") = function;
	register void *r13 __asm__("r13") = argument;
	long result;

	__asm__ volatile("syscall\n\t"
			 "testq %%rax, %%rax\n\t"
			 "jnz 1f\n\t"
			 "xorl %%ebp, %%ebp\n\t"
			 "subq $128, %%rsp\n\t"
			 "andq $-16, %%rsp\n\t"
			 "movq %%r13, %%rdi\n\t"
			 "callq *%%r12\n\t"
			 "ud2\n"
			 "1:"
			 : "=a"(result)
			 : "a"((long)number), "D"(first), "S"(second), "d"(third), "r"(r10), "r"(r8), "r"(r12), "r"(r13)
			 : "rcx", "r11", "cc", "memory");
	return result;
}

#endif
