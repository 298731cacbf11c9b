/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The whole ABI of libsubprocess: spawn a program on Linux, learn exactly why
 * it could not be started, wait for it and signal it without races.
 *
 * Every member has a fixed width and every address travels as a uint64_t, so
 * that the structures can be laid out by any language that can dlopen a
 * library. The library allocates nothing, keeps nothing, starts no thread,
 * needs no libc and is safe to call from any number of threads at once. It
 * needs Linux 5.4 (waitid on a pidfd) and makes use of what is newer.
 *
 * Growth: each structure begins with its size as the caller knows it. A member
 * is only ever added at the end. A smaller structure is taken as one whose
 * missing members are zero; a larger one is refused with E2BIG unless the part
 * that this library does not know is all zero. What the library writes into is
 * never smaller than here: EINVAL.
 */
#ifndef SUBPROCESS_H
#define SUBPROCESS_H

#include <stdint.h>

/* Changes when something that existed changes its meaning; growth leaves it. */
#define SUBPROCESS_ABI 1

/* More mappings than this in one request are refused with EINVAL. */
#define SUBPROCESS_MAX_DESCRIPTORS 256

/*
 * The steps of a birth, in the order in which they are taken: X(name, number,
 * text, what `detail` says about a failure of the step). Numbers are part of
 * the ABI: they leave gaps for steps to come and are never given away twice.
 */
#define SUBPROCESS_STEPS(X)                                                    \
	/* in the parent */                                                    \
	X(REQUEST, 1, "request", "offset of the member that is invalid")       \
	X(ERROR_PIPE, 2, "error-pipe", "none")                                 \
	X(BIRTH, 3, "birth", "none")                                           \
	X(PIDFD, 4, "pidfd", "none")                                           \
	/* in the child */                                                     \
	X(DESCRIPTORS, 16, "descriptors", "index of the mapping; their count: the error pipe") \
	X(SESSION, 24, "session", "none")                                      \
	X(PROCESS_GROUP, 25, "process-group", "the group that was to be joined") \
	X(CHDIR, 48, "chdir", "none")                                          \
	X(CLOSE, 72, "close", "the way of closing that failed")                \
	X(SIGNALS, 80, "signals", "number of the signal")                      \
	X(EXEC, 96, "exec", "index of the candidate program")                  \
	/* the child was killed between birth and exec */                      \
	X(LOST, 112, "lost", "number of the step that the child was in")

enum subprocess_step {
	SUBPROCESS_STEP_NONE = 0,
#define SUBPROCESS_STEP_ENUM(name, number, text, detail) SUBPROCESS_STEP_##name = number,
	SUBPROCESS_STEPS(SUBPROCESS_STEP_ENUM)
#undef SUBPROCESS_STEP_ENUM
};

/* How the child is born: asked for in a request, told in a result. */
enum subprocess_mechanism {
	SUBPROCESS_MECHANISM_AUTO = 0,	/* vfork, and fork where the kernel refuses it */
	SUBPROCESS_MECHANISM_VFORK = 1, /* memory shared until exec, the calling thread waits */
	SUBPROCESS_MECHANISM_FORK = 2	/* memory copied */
};

/*
 * How all descriptors from 3 on that no mapping names are closed in the child.
 * A descriptor above a soft limit that was lowered after it was opened, or above
 * 65535, is beyond the reach of the loop unless close_bound says otherwise; if
 * it is not close-on-exec, the program gets it.
 */
enum subprocess_closing {
	SUBPROCESS_CLOSING_AUTO = 0,	     /* the first of the next three that works */
	SUBPROCESS_CLOSING_CLOSE_RANGE = 1,  /* close_range(2) */
	SUBPROCESS_CLOSING_PROC_SELF_FD = 2, /* getdents64(2) on /proc/self/fd */
	SUBPROCESS_CLOSING_LOOP = 3,	     /* close(2) on 3 to close_bound - 1 */
	SUBPROCESS_CLOSING_NONE = 4	     /* nothing is closed: only close-on-exec holds */
};

enum subprocess_session {
	SUBPROCESS_SESSION_INHERIT = 0,
	SUBPROCESS_SESSION_PROCESS_GROUP = 1, /* setpgid(0, process_group) */
	SUBPROCESS_SESSION_NEW = 2	      /* setsid() */
};

/*
 * The descriptor `source` of the caller becomes `target` of the program. Equal
 * numbers keep a descriptor open across exec. Any permutation is allowed; a
 * target may stand in one mapping only. Targets 0 to 2 without a mapping are
 * what they are in the caller.
 */
struct subprocess_descriptor {
	int32_t source;
	int32_t target;
};

/* All addresses must stay valid and unchanged until subprocess_spawn returns. */
struct subprocess_request {
	uint32_t size;
	uint32_t flags;		    /* none yet: 0 */
	uint32_t mechanism;	    /* enum subprocess_mechanism */
	uint32_t closing;	    /* enum subprocess_closing */
	uint32_t session;	    /* enum subprocess_session */
	int32_t process_group;	    /* group to join; 0: a group of its own */
	uint32_t descriptor_count;
	uint32_t close_bound;	    /* first number that CLOSING_LOOP leaves alone; 0: from RLIMIT_NOFILE */
	uint64_t descriptors;	    /* const struct subprocess_descriptor * */
	uint64_t programs;	    /* const char *const *: paths tried in turn, ended by NULL */
	uint64_t argv;		    /* const char *const *, ended by NULL, at least one */
	uint64_t envp;		    /* const char *const *, ended by NULL */
	uint64_t working_directory; /* const char *; 0: the caller's */
	uint64_t default_signals;   /* bit n-1: signal n is set to its default even if ignored */
};

struct subprocess_result {
	uint32_t size;
	int32_t pid;	    /* of the child; 0 after a failure */
	int32_t pidfd;	    /* close-on-exec, the caller's to close; -1 after a failure */
	uint32_t mechanism; /* the one used */
	uint32_t closing;   /* the one used */
	uint32_t program;   /* index of the candidate that was executed */
	/* the failure, all zero without one: */
	uint32_t step;	    /* enum subprocess_step */
	uint32_t detail;    /* see SUBPROCESS_STEPS */
	int32_t error;	    /* errno; 0 with SUBPROCESS_STEP_LOST */
	int32_t signal;	    /* that ended the child, with SUBPROCESS_STEP_LOST */
};

/* How a child ended, and what it used: times in microseconds. */
enum subprocess_exit_kind {
	SUBPROCESS_EXITED = 1,	/* value: its exit code, 0 to 255 */
	SUBPROCESS_SIGNALLED = 2 /* value: the signal that ended it */
};

struct subprocess_exit {
	uint32_t size;
	uint32_t kind; /* enum subprocess_exit_kind */
	int32_t value;
	uint32_t core_dumped;
	int64_t user_micros;
	int64_t system_micros;
	int64_t max_rss_kib;
	int64_t minor_faults;
	int64_t major_faults;
	int64_t blocks_in;
	int64_t blocks_out;
	int64_t voluntary_switches;
	int64_t involuntary_switches;
};

enum subprocess_wait_flags {
	SUBPROCESS_WAIT_NOHANG = 1, /* return 0 when the child still runs */
	SUBPROCESS_WAIT_KEEP = 2    /* leave the zombie: its pid and group stay reserved */
};

/* SUBPROCESS_ABI of the library. */
uint32_t subprocess_abi(void);

/* The text of a step, "unknown" for a number that is none. */
const char *subprocess_step_name(uint32_t step);

/*
 * Start a program. Returns 0 when exec has succeeded, or -errno, with the
 * failing step in *result; a child that was born and failed is reaped by then.
 * -ECHILD with SUBPROCESS_STEP_LOST: killed before exec. One killed while exec
 * was at work counts as a program that was started and killed.
 */
int32_t subprocess_spawn(const struct subprocess_request *request, struct subprocess_result *result);

/*
 * Wait until the child ends. Returns 1 when it has ended, 0 when it still runs
 * (NOHANG), or -errno. Interrupted waits are resumed. A stopped child has not
 * ended. -ECHILD: reaped before, or by the kernel since SIGCHLD is ignored.
 */
int32_t subprocess_wait(int32_t pidfd, uint32_t flags, struct subprocess_exit *exit);

/* Signal the child itself; 0 or -errno (ESRCH once it has been reaped). */
int32_t subprocess_signal(int32_t pidfd, int32_t signal);

/*
 * Signal every member of a process group; 0 or -errno. The caller owns the race:
 * the leader must not have been reaped, or the number may belong to others.
 * Groups 0, 1 and negative ones are refused with EINVAL.
 */
int32_t subprocess_signal_group(int32_t group, int32_t signal);

/*
 * How many members of a process group are alive, zombies not counted; -errno
 * where /proc cannot be read.
 */
int32_t subprocess_group_members(int32_t group);

/* The signals that the calling process ignores: bit n-1 for signal n. */
uint64_t subprocess_ignored_signals(void);

#endif
