/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The kernel as this library sees it: one typed inline for each system call
 * used, each returning -errno. Structures and numbers are written down here
 * and not included, so that neither a libc nor kernel headers are needed and
 * the age of those installed is of no matter.
 */
#ifndef SUBPROCESS_SYS_H
#define SUBPROCESS_SYS_H

#include <stddef.h>
#include <stdint.h>

#if !defined(__linux__)
#error "libsubprocess speaks to the Linux kernel only"
#elif defined(__x86_64__) && defined(__LP64__)
#include "arch/x86_64/syscall.h"
#elif defined(__aarch64__) && defined(__LP64__) && defined(__AARCH64EL__)
#include "arch/aarch64/syscall.h"
#else
#error "no arch/<this machine>/syscall.h: write one, x86_64 is the model"
#endif

/* Errors that decide something; all others only pass through. */
enum {
	EPERM = 1,
	ENOENT = 2,
	ESRCH = 3,
	EINTR = 4,
	E2BIG = 7,
	EBADF = 9,
	ECHILD = 10,
	EAGAIN = 11,
	ENOMEM = 12,
	EACCES = 13,
	ENODEV = 19,
	ENOTDIR = 20,
	EINVAL = 22,
	ENFILE = 23,
	EMFILE = 24,
	ETXTBSY = 26,
	ENOSYS = 38,
	ETIMEDOUT = 110,
	ESTALE = 116,
};

enum {
	AT_FDCWD = -100,
	AT_EMPTY_PATH = 0x1000,
	O_RDONLY = 0,
	O_WRONLY = 1,
	O_NONBLOCK = 04000,
	O_CLOEXEC = 02000000,
	O_PATH = 010000000,
	FD_CLOEXEC = 1,
	F_GETFD = 1,
	F_SETFD = 2,
	F_GETFL = 3,
	F_SETFL = 4,
	F_DUPFD_CLOEXEC = 1030,
	CLOSE_RANGE_UNSHARE = 2,
	POLLIN = 1,
	CLOCK_MONOTONIC = 1,
	PRIO_PROCESS = 0,
	PR_SET_PDEATHSIG = 1,
	PR_GET_DUMPABLE = 3,
	PR_SET_DUMPABLE = 4,
	PR_SET_NAME = 15,
	PR_SET_NO_NEW_PRIVS = 38,
	RLIMIT_NOFILE = 7,
	STATX_TYPE = 1,
	S_IFMT = 0170000,
	S_IFREG = 0100000,
	S_IFDIR = 0040000,
	TIOCSCTTY = 0x540e,
};

enum {
	SIGKILL = 9,
	SIGCHLD = 17,
	SIGSTOP = 19,
	SIGNAL_COUNT = 64,
	SIG_SETMASK = 2,
	SIG_DFL = 0,
	SIG_IGN = 1,
};

enum {
	P_PID = 1,
	P_PIDFD = 3,
	WNOHANG = 1,
	WEXITED = 4,
	WNOWAIT = 0x01000000,
	WALL = 0x40000000,
	CLD_EXITED = 1,
	CLD_KILLED = 2,
	CLD_DUMPED = 3,
};

enum {
	LANDLOCK_CREATE_RULESET_VERSION = 1,
	LANDLOCK_RULE_PATH_BENEATH = 1,
	LANDLOCK_RULE_NET_PORT = 2,
	SECCOMP_SET_MODE_FILTER = 1,
	SECCOMP_GET_ACTION_AVAIL = 2,
};

#define SECCOMP_RET_ERRNO UINT32_C(0x00050000)

/* The rights of Landlock that a file has: execute, write, read, truncate, ioctl of a device. */
#define LANDLOCK_ACCESS_OF_A_FILE UINT64_C(0xc007)

#define CLONE_VM UINT64_C(0x00000100)
#define CLONE_FILES UINT64_C(0x00000400)
#define CLONE_PIDFD UINT64_C(0x00001000)
#define CLONE_VFORK UINT64_C(0x00004000)
#define CLONE_CLEAR_SIGHAND UINT64_C(0x100000000)
#define CLONE_INTO_CGROUP UINT64_C(0x200000000)

struct sys_clone_args {
	uint64_t flags;
	uint64_t pidfd;
	uint64_t child_tid;
	uint64_t parent_tid;
	uint64_t exit_signal;
	uint64_t stack;
	uint64_t stack_size;
	uint64_t tls;
	uint64_t set_tid;
	uint64_t set_tid_size;
	uint64_t cgroup;
};

/* What kernels before CLONE_INTO_CGROUP know of it. */
#define CLONE_ARGS_FIRST_SIZE 64


struct sys_sigaction {
	uint64_t handler;
	uint64_t flags;
	uint64_t restorer;
	uint64_t mask;
};

struct sys_siginfo {
	int32_t signal;
	int32_t error;
	int32_t code;
	int32_t padding;
	int32_t pid;
	uint32_t uid;
	int32_t status;
	int32_t rest[25];
};

struct sys_timespec {
	int64_t seconds;
	int64_t nanoseconds;
};

struct sys_timeval {
	int64_t seconds;
	int64_t microseconds;
};

struct sys_rusage {
	struct sys_timeval user_time;
	struct sys_timeval system_time;
	int64_t max_rss;
	int64_t unused_sizes[3];
	int64_t minor_faults;
	int64_t major_faults;
	int64_t unused_swaps;
	int64_t blocks_in;
	int64_t blocks_out;
	int64_t unused_messages[3];
	int64_t voluntary_switches;
	int64_t involuntary_switches;
};

struct sys_rlimit {
	uint64_t soft;
	uint64_t hard;
};

struct sys_pollfd {
	int32_t fd;
	int16_t events;
	int16_t returned;
};

struct sys_statx {
	uint8_t before_mode[28];
	uint16_t mode;
	uint8_t after_mode[226];
};

/* What kernels know less of is the end of it, and may be there as long as it is 0. */
struct sys_landlock_ruleset {
	uint64_t handled_files;
	uint64_t handled_ports;
	uint64_t scoped;
};

struct sys_landlock_path {
	uint64_t access;
	int32_t parent_fd;
} __attribute__((packed));

struct sys_landlock_port {
	uint64_t access;
	uint64_t port;
};

struct sys_filter_program {
	uint16_t length;
	uint64_t filter;
};

/* An entry as getdents64 writes it; `name` ends with NUL inside `length`. */
struct sys_dirent {
	uint64_t inode;
	int64_t offset;
	uint16_t length;
	uint8_t type;
	char name[];
};

_Static_assert(sizeof(struct sys_clone_args) == 88, "clone_args, third version");
_Static_assert(offsetof(struct sys_clone_args, set_tid) == CLONE_ARGS_FIRST_SIZE, "clone_args, first version");
_Static_assert(sizeof(struct sys_siginfo) == 128, "siginfo");
_Static_assert(sizeof(struct sys_rusage) == 144, "rusage");
_Static_assert(sizeof(struct sys_statx) == 256 && offsetof(struct sys_statx, mode) == 28, "statx");
_Static_assert(sizeof(struct sys_landlock_path) == 12, "landlock_path_beneath_attr");
_Static_assert(offsetof(struct sys_filter_program, filter) == 8, "sock_fprog");
_Static_assert(offsetof(struct sys_dirent, name) == 19, "linux_dirent64");

static inline long address_of(const volatile void *pointer)
{
	return (long)(uintptr_t)pointer;
}

static inline long sys_brk(uintptr_t end)
{
	return call_system(CALL_BRK, (long)end, 0, 0, 0, 0);
}

static inline long sys_chdir(const char *path)
{
	return call_system(CALL_CHDIR, address_of(path), 0, 0, 0, 0);
}

static inline long sys_clock_gettime(int32_t clock, struct sys_timespec *time)
{
	return call_system(CALL_CLOCK_GETTIME, clock, address_of(time), 0, 0, 0);
}

static inline long sys_clone(uint64_t flags, void *stack_top, int32_t *pidfd, void (*function)(void *), void *argument)
{
	return call_birth(CALL_CLONE, (long)flags, address_of(stack_top), address_of(pidfd), function, argument);
}

static inline long sys_clone3(const struct sys_clone_args *arguments, void (*function)(void *), void *argument)
{
	long size = arguments->flags & CLONE_INTO_CGROUP ? (long)sizeof(*arguments) : CLONE_ARGS_FIRST_SIZE;

	return call_birth(CALL_CLONE3, address_of(arguments), size, 0, function, argument);
}

static inline long sys_close(int32_t fd)
{
	return call_system(CALL_CLOSE, fd, 0, 0, 0, 0);
}

static inline long sys_close_range(uint32_t first, uint32_t last, uint32_t flags)
{
	return call_system(CALL_CLOSE_RANGE, first, last, flags, 0, 0);
}

static inline long sys_dup3(int32_t source, int32_t target, int32_t flags)
{
	return call_system(CALL_DUP3, source, target, flags, 0, 0);
}

static inline long sys_execve(const char *path, const char *const *argv, const char *const *envp)
{
	return call_system(CALL_EXECVE, address_of(path), address_of(argv), address_of(envp), 0, 0);
}

/* The file itself, whatever its path has come to mean. */
static inline long sys_execveat(int32_t file, const char *const *argv, const char *const *envp)
{
	return call_system(CALL_EXECVEAT, file, address_of(""), address_of(argv), address_of(envp), AT_EMPTY_PATH);
}

static inline _Noreturn void sys_exit_group(int32_t code)
{
	for (;;)
		call_system(CALL_EXIT_GROUP, code, 0, 0, 0, 0);
}

static inline long sys_fcntl(int32_t fd, int32_t command, uint32_t value)
{
	return call_system(CALL_FCNTL, fd, command, value, 0, 0);
}

static inline long sys_getdents64(int32_t fd, void *buffer, uint32_t size)
{
	return call_system(CALL_GETDENTS64, fd, address_of(buffer), size, 0, 0);
}

static inline long sys_getpgid(int32_t pid)
{
	return call_system(CALL_GETPGID, pid, 0, 0, 0, 0);
}

static inline int32_t sys_getpid(void)
{
	return (int32_t)call_system(CALL_GETPID, 0, 0, 0, 0, 0);
}

static inline int32_t sys_getppid(void)
{
	return (int32_t)call_system(CALL_GETPPID, 0, 0, 0, 0, 0);
}

static inline long sys_ioctl(int32_t fd, uint32_t request, long argument)
{
	return call_system(CALL_IOCTL, fd, request, argument, 0, 0);
}

static inline long sys_kill(int32_t pid, int32_t signal)
{
	return call_system(CALL_KILL, pid, signal, 0, 0, 0);
}

static inline long sys_landlock_add_rule(int32_t ruleset, uint32_t type, const void *rule)
{
	return call_system(CALL_LANDLOCK_ADD_RULE, ruleset, type, address_of(rule), 0, 0);
}

static inline long sys_landlock_create_ruleset(const struct sys_landlock_ruleset *ruleset, size_t size, uint32_t flags)
{
	return call_system(CALL_LANDLOCK_CREATE_RULESET, address_of(ruleset), (long)size, flags, 0, 0);
}

static inline long sys_landlock_restrict_self(int32_t ruleset)
{
	return call_system(CALL_LANDLOCK_RESTRICT_SELF, ruleset, 0, 0, 0, 0);
}

static inline long sys_nanosleep(const struct sys_timespec *time)
{
	return call_system(CALL_NANOSLEEP, address_of(time), 0, 0, 0, 0);
}

static inline long sys_openat(int32_t directory, const char *path, int32_t flags)
{
	return call_system(CALL_OPENAT, directory, address_of(path), flags, 0, 0);
}

static inline long sys_pidfd_open(int32_t pid)
{
	return call_system(CALL_PIDFD_OPEN, pid, 0, 0, 0, 0);
}

static inline long sys_pidfd_send_signal(int32_t pidfd, int32_t signal)
{
	return call_system(CALL_PIDFD_SEND_SIGNAL, pidfd, signal, 0, 0, 0);
}

static inline long sys_pipe2(int32_t ends[2], int32_t flags)
{
	return call_system(CALL_PIPE2, address_of(ends), flags, 0, 0, 0);
}

static inline long sys_ppoll(struct sys_pollfd *fds, uint32_t count, const struct sys_timespec *timeout)
{
	return call_system(CALL_PPOLL, address_of(fds), count, address_of(timeout), 0, 0);
}

static inline long sys_prctl(int32_t option, long second)
{
	return call_system(CALL_PRCTL, option, second, 0, 0, 0);
}

static inline long sys_prlimit(uint32_t resource, const struct sys_rlimit *set, struct sys_rlimit *old)
{
	return call_system(CALL_PRLIMIT64, 0, resource, address_of(set), address_of(old), 0);
}

static inline long sys_read(int32_t fd, void *buffer, size_t size)
{
	return call_system(CALL_READ, fd, address_of(buffer), (long)size, 0, 0);
}

static inline long sys_rt_sigaction(int32_t signal, const struct sys_sigaction *set, struct sys_sigaction *old)
{
	return call_system(CALL_RT_SIGACTION, signal, address_of(set), address_of(old), sizeof(uint64_t), 0);
}

static inline long sys_rt_sigprocmask(int32_t how, const uint64_t *set, uint64_t *old)
{
	return call_system(CALL_RT_SIGPROCMASK, how, address_of(set), address_of(old), sizeof(uint64_t), 0);
}

static inline long sys_sched_setaffinity(int32_t pid, uint32_t size, const uint64_t *mask)
{
	return call_system(CALL_SCHED_SETAFFINITY, pid, size, address_of(mask), 0, 0);
}

static inline long sys_seccomp(uint32_t operation, const void *argument)
{
	return call_system(CALL_SECCOMP, operation, 0, address_of(argument), 0, 0);
}

static inline long sys_setgroups(uint32_t count, const uint32_t *groups)
{
	return call_system(CALL_SETGROUPS, count, address_of(groups), 0, 0, 0);
}

static inline long sys_setpgid(int32_t pid, int32_t group)
{
	return call_system(CALL_SETPGID, pid, group, 0, 0, 0);
}

static inline long sys_setpriority(int32_t which, int32_t who, int32_t nice)
{
	return call_system(CALL_SETPRIORITY, which, who, nice, 0, 0);
}

static inline long sys_setresgid(uint32_t real, uint32_t effective, uint32_t saved)
{
	return call_system(CALL_SETRESGID, real, effective, saved, 0, 0);
}

static inline long sys_setresuid(uint32_t real, uint32_t effective, uint32_t saved)
{
	return call_system(CALL_SETRESUID, real, effective, saved, 0, 0);
}

static inline long sys_setsid(void)
{
	return call_system(CALL_SETSID, 0, 0, 0, 0, 0);
}

static inline long sys_statx(int32_t fd, uint32_t mask, struct sys_statx *status)
{
	return call_system(CALL_STATX, fd, address_of(""), AT_EMPTY_PATH, mask, address_of(status));
}

static inline long sys_umask(uint32_t mask)
{
	return call_system(CALL_UMASK, mask, 0, 0, 0, 0);
}

static inline long sys_waitid(int32_t kind, int32_t number, struct sys_siginfo *info, int32_t options,
			      struct sys_rusage *usage)
{
	return call_system(CALL_WAITID, kind, number, address_of(info), options, address_of(usage));
}

static inline long sys_write(int32_t fd, const void *buffer, size_t size)
{
	return call_system(CALL_WRITE, fd, address_of(buffer), (long)size, 0, 0);
}

#endif
