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

/* More of these in one request are refused with EINVAL. */
#define SUBPROCESS_MAX_DESCRIPTORS 256
#define SUBPROCESS_MAX_LIMITS 16
#define SUBPROCESS_MAX_GROUPS 65536
#define SUBPROCESS_MAX_ROOM 16
#define SUBPROCESS_MAX_RULES 1024
#define SUBPROCESS_MAX_INSTRUCTIONS 4096 /* the kernel takes no more either */

/* More attributes than these cannot be refused in one birth. */
#define SUBPROCESS_MAX_WARNINGS 32

/*
 * The steps of a birth, in the order in which they are taken: X(name, number,
 * text, when it fails, what `detail` says about a failure of the step). Numbers
 * are part of the ABI: they leave gaps for steps to come and are never given
 * away twice.
 */
#define SUBPROCESS_STEPS(X)                                                                                            \
	/* in the parent */                                                                                            \
	X(REQUEST, 1, "request", "the request contradicts itself, or names a descriptor that is not open",            \
	  "offset of the guilty member; the index in its list is added 65536 times")                                  \
	X(ERROR_PIPE, 2, "error-pipe", "there are no descriptors left for the pipe of the report", "none")            \
	X(BIRTH, 3, "birth", "there may be no more processes, or there is no memory for one", "none")                 \
	X(PIDFD, 4, "pidfd", "there is no descriptor left for the process, and the kernel makes none at birth", "none")\
	/* in the parent, where a caller does without this library */                                                 \
	X(POSIX_SPAWN, 5, "posix-spawn", "posix_spawn of the libc has failed, which does not tell where", "none")     \
	/* in the parent, before the error pipe */                                                                    \
	X(LANDLOCK_RULES, 6, "landlock-rules", "a path is missing, or the kernel lacks Landlock or a right of it",    \
	  "index of the rule; their count: all rules together")                                                       \
	/* in the child */                                                                                             \
	X(TABLE, 12, "descriptor-table", "there is no memory for a descriptor table of its own", "none")              \
	X(DESCRIPTORS, 16, "descriptors", "a target lies above the limit on open files",                              \
	  "index of the mapping; their count: the error pipe, the cgroup or the rules of Landlock")                   \
	X(BLOCKING, 20, "blocking", "an inherited standard stream cannot be made to block", "the descriptor")         \
	X(SESSION, 24, "session", "a sandbox forbids it", "none")                                                     \
	X(PROCESS_GROUP, 25, "process-group", "the group to join is gone, or of another session",                     \
	  "the group that was to be joined")                                                                          \
	X(TERMINAL, 26, "controlling-terminal", "the descriptor is no terminal, or another session has it",           \
	  "the descriptor")                                                                                           \
	X(CGROUP, 32, "cgroup", "the directory is no cgroup, is not delegated, or may hold no processes", "none")     \
	X(LIMITS, 36, "limits", "a soft limit above its hard one, or a hard limit raised without privilege",          \
	  "number of the resource")                                                                                   \
	X(NICE, 40, "nice", "a higher priority without privilege", "none")                                            \
	X(AUTOGROUP, 41, "autogroup", "a higher priority of the session without privilege, or asked for too often",   \
	  "none")                                                                                                     \
	X(OOM_SCORE, 42, "oom-score", "a lower score without privilege", "none")                                      \
	X(AFFINITY, 43, "affinity", "none of the processors may be used", "none")                                     \
	X(UMASK, 44, "umask", "a sandbox forbids it", "none")                                                         \
	X(CHDIR, 48, "chdir", "the directory is missing, no directory, or not to be entered", "none")                 \
	X(GROUPS, 52, "groups", "another list of groups without privilege", "none")                                   \
	X(GROUP_ID, 53, "group", "another group without privilege", "the group")                                      \
	X(USER_ID, 54, "user", "another user without privilege", "the user")                                          \
	X(DEATH_SIGNAL, 60, "death-signal", "the parent has died already", "the signal")                              \
	X(NO_NEW_PRIVILEGES, 64, "no-new-privileges", "a sandbox forbids it", "none")                                 \
	X(CLOSE, 72, "close", "the one way of closing that was asked for is not there", "the way of closing")         \
	X(LANDLOCK, 76, "landlock", "no-new-privileges was not to be had, or 16 sandboxes lie around this one",       \
	  "none")                                                                                                     \
	X(SIGNALS, 80, "signals", "a sandbox forbids it", "the signal")                                               \
	X(SIGNAL_MASK, 84, "signal-mask", "a sandbox forbids it", "none")                                             \
	X(SECCOMP, 88, "seccomp", "the filter is none, no-new-privileges was not to be had, or a sandbox forbids it", \
	  "none")                                                                                                     \
	X(EXEC, 96, "exec", "the program is missing, may not be executed, or is none", "index of the candidate")      \
	/* the child was killed between birth and exec */                                                              \
	X(LOST, 112, "lost", "somebody killed the child before it had become the program",                            \
	  "number of the step that it was in")

enum subprocess_step {
	SUBPROCESS_STEP_NONE = 0,
#define SUBPROCESS_STEP_ENUM(name, number, text, when, detail) SUBPROCESS_STEP_##name = number,
	SUBPROCESS_STEPS(SUBPROCESS_STEP_ENUM)
#undef SUBPROCESS_STEP_ENUM
};

/*
 * What this machine can do, as subprocess_probe() finds it out, and the flags
 * of a request that may make use of it.
 */
enum subprocess_capability {
	/* a child shares the memory of its parent, which is suspended until exec */
	SUBPROCESS_CAN_SHARE_MEMORY = 1,
	/* it may share the table of descriptors too, and get its own without a copy of the upper part */
	SUBPROCESS_CAN_SHARE_TABLE = 2,
	/*
	 * Not found by the probe: the caller can do without a pidfd where the kernel or
	 * a sandbox has none, and gets the negative of the pid in its place. What stands
	 * for a child below may be such a number; it is the caller's not to use it once
	 * the child has been reaped.
	 */
	SUBPROCESS_CAN_LACK_PIDFD = 4
};

/* How the child is born: asked for in a request, told in a result. */
enum subprocess_mechanism {
	SUBPROCESS_MECHANISM_AUTO = 0,	/* vfork, and fork where the kernel refuses it */
	SUBPROCESS_MECHANISM_VFORK = 1, /* memory shared until exec, the calling thread waits */
	SUBPROCESS_MECHANISM_FORK = 2	/* memory copied */
};

/*
 * How all descriptors from 3 on that no mapping names are closed in the child.
 * The loop ends at close_bound, or where the table of the caller ends; where
 * /proc does not tell that, at its hard limit or at 65536, and what lies above
 * and is not close-on-exec reaches the program.
 */
enum subprocess_closing {
	SUBPROCESS_CLOSING_AUTO = 0,	     /* UNSHARE, or the first of the three after it that works */
	SUBPROCESS_CLOSING_CLOSE_RANGE = 1,  /* close_range(2) */
	SUBPROCESS_CLOSING_PROC_SELF_FD = 2, /* getdents64(2) on /proc/self/fd */
	SUBPROCESS_CLOSING_LOOP = 3,	     /* close(2) on one number after the other */
	SUBPROCESS_CLOSING_NONE = 4,	     /* nothing is closed: only close-on-exec holds */
	/*
	 * The child is born with the table of its parent and takes a copy of
	 * its lower part only, so the number of open descriptors is of no
	 * matter. Needs SUBPROCESS_CAN_SHARE_TABLE and vfork.
	 */
	SUBPROCESS_CLOSING_UNSHARE = 5
};

enum subprocess_session {
	SUBPROCESS_SESSION_INHERIT = 0,
	SUBPROCESS_SESSION_PROCESS_GROUP = 1, /* setpgid(0, process_group) */
	SUBPROCESS_SESSION_NEW = 2	      /* setsid() */
};

/*
 * Attributes: what a child may be given besides. Each is a bit of `attributes`
 * to ask for it and of `best_effort` to go on where the platform refuses it;
 * the refusal is a warning in the result then.
 */
enum subprocess_attribute {
	SUBPROCESS_ATTRIBUTE_TERMINAL = 1 << 0,	    /* a controlling terminal; needs SESSION_NEW */
	SUBPROCESS_ATTRIBUTE_CGROUP = 1 << 1,	    /* member of a cgroup v2, from birth where the kernel can */
	SUBPROCESS_ATTRIBUTE_LIMITS = 1 << 2,	    /* setrlimit(2) */
	SUBPROCESS_ATTRIBUTE_NICE = 1 << 3,	    /* setpriority(2) */
	SUBPROCESS_ATTRIBUTE_AUTOGROUP = 1 << 4,    /* the same for the session, sched(7); needs NICE */
	SUBPROCESS_ATTRIBUTE_OOM_SCORE = 1 << 5,    /* /proc/self/oom_score_adj */
	SUBPROCESS_ATTRIBUTE_AFFINITY = 1 << 6,	    /* sched_setaffinity(2) */
	SUBPROCESS_ATTRIBUTE_UMASK = 1 << 7,	    /* umask(2) */
	SUBPROCESS_ATTRIBUTE_GROUPS = 1 << 8,	    /* setgroups(2); none at all with a count of 0 */
	SUBPROCESS_ATTRIBUTE_GROUP_ID = 1 << 9,	    /* setresgid(2), all three */
	SUBPROCESS_ATTRIBUTE_USER_ID = 1 << 10,	    /* setresuid(2), all three */
	SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL = 1 << 11, /* when the thread that spawned ends, or its process */
	SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES = 1 << 12,
	/*
	 * The two that follow need NO_NEW_PRIVILEGES, or CAP_SYS_ADMIN. Landlock is there
	 * for what the kernel has of it: a right that it does not know is refused with
	 * EINVAL, so whoever asks looks at subprocess_sandbox() first.
	 */
	SUBPROCESS_ATTRIBUTE_LANDLOCK = 1 << 13, /* landlock(7) */
	/*
	 * seccomp(2), the last step before exec. The filter must let execve (or
	 * execveat), write, nanosleep and exit_group pass: without them no failure of exec is told.
	 */
	SUBPROCESS_ATTRIBUTE_SECCOMP = 1 << 14,
	/*
	 * execveat(2) on program_file, and not on the one path in `programs`. Never
	 * best effort. The program does not get the descriptor; therefore what an
	 * interpreter would have to open again, a script with #!, fails with ENOENT.
	 */
	SUBPROCESS_ATTRIBUTE_PROGRAM_FILE = 1 << 15
};

/* A limit as in prlimit(2): numbers of the kernel, UINT64_MAX for none. */
struct subprocess_limit {
	uint64_t soft;
	uint64_t hard;
	uint32_t resource;
	uint32_t unused; /* 0 */
};

/*
 * What Landlock lets a program do: an exception from the rights that the request
 * handles. Of a path that is no directory only the rights that there are for files.
 */
struct subprocess_rule {
	uint64_t path;	 /* const char *, resolved by the caller; 0: the rule is about a port */
	uint64_t access; /* LANDLOCK_ACCESS_FS_... or LANDLOCK_ACCESS_NET_... of the kernel */
	uint32_t port;	 /* 0 to 65535 */
	uint32_t flags;	 /* enum subprocess_rule_flags */
};

enum subprocess_rule_flags {
	SUBPROCESS_RULE_OPTIONAL = 1 /* no path, no rule; otherwise what is missing is an error */
};

/* An instruction of a seccomp filter, struct sock_filter of the kernel. */
struct subprocess_instruction {
	uint16_t code;
	uint8_t if_true;
	uint8_t if_false;
	uint32_t operand;
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
	uint32_t flags;		    /* enum subprocess_capability, as subprocess_probe() told */
	uint32_t mechanism;	    /* enum subprocess_mechanism */
	uint32_t closing;	    /* enum subprocess_closing */
	uint32_t session;	    /* enum subprocess_session */
	int32_t process_group;	    /* group to join; 0: a group of its own */
	uint32_t descriptor_count;
	uint32_t close_bound;	    /* first number that CLOSING_LOOP leaves alone; 0: looked up */
	uint64_t descriptors;	    /* const struct subprocess_descriptor * */
	uint64_t programs;	    /* const char *const *: paths tried in turn, ended by NULL */
	uint64_t argv;		    /* const char *const *, ended by NULL, at least one */
	uint64_t envp;		    /* const char *const *, ended by NULL */
	uint64_t working_directory; /* const char *; 0: the caller's */
	uint64_t default_signals;   /* bit n-1: signal n is set to its default even if ignored */

	/*
	 * The bytes, from the first of the request on, that hold all that it
	 * points to. What points elsewhere is refused; the last byte is 0, so
	 * that every string ends. 0: addresses are believed.
	 */
	uint64_t extent;
	uint32_t attributes;  /* enum subprocess_attribute; the members of all others are 0 */
	uint32_t best_effort; /* enum subprocess_attribute, of those asked for */

	/*
	 * Low numbers of the caller's table that this call may use: what the
	 * child needs is lent one of them when its own number is high, so that
	 * UNSHARE has little to copy. The first is only copied from: the others
	 * are copies of it, close-on-exec, before and after. Each belongs to one
	 * call at a time.
	 */
	uint64_t room; /* const int32_t * */
	uint32_t room_count;

	int32_t controlling_terminal; /* a descriptor of the program */
	int32_t cgroup;		      /* a descriptor of the caller: directory of the cgroup */
	uint32_t limit_count;
	uint64_t limits;       /* const struct subprocess_limit * */
	uint64_t affinity;     /* const uint64_t *: bit n%64 of word n/64 is processor n */
	uint32_t affinity_size; /* in bytes, a multiple of 8 */
	int32_t nice;	       /* -20 to 19 */
	int32_t oom_score;     /* -1000 to 1000 */
	uint32_t umask;	       /* 0 to 0777 */
	uint64_t groups;       /* const uint32_t * */
	uint32_t group_count;
	uint32_t group_id;
	uint32_t user_id;
	uint32_t death_signal;

	/* Landlock: the rights that are taken away, and the exceptions */
	uint64_t rules; /* const struct subprocess_rule * */
	uint64_t handled_files; /* LANDLOCK_ACCESS_FS_... */
	uint64_t handled_ports; /* LANDLOCK_ACCESS_NET_... */
	uint64_t scoped;	/* LANDLOCK_SCOPE_... */
	uint64_t filter;	/* const struct subprocess_instruction * */
	uint32_t rule_count;
	uint32_t filter_length; /* in instructions, at least one */

	int32_t program_file; /* a descriptor of the caller, O_PATH is enough: what is executed */
	uint32_t unused;      /* 0 */
};

/* An attribute that was refused and could be done without. */
struct subprocess_warning {
	uint32_t step;
	uint32_t detail;
	int32_t error; /* errno */
};

struct subprocess_result {
	uint32_t size;
	int32_t pid;	    /* of the child; 0 after a failure */
	int32_t pidfd;	    /* close-on-exec, the caller's to close; -1 after a failure; see CAN_LACK_PIDFD */
	uint32_t mechanism; /* the one used */
	uint32_t closing;   /* the one used */
	uint32_t program;   /* index of the candidate that was executed */
	/* the failure, all zero without one: */
	uint32_t step;	    /* enum subprocess_step */
	uint32_t detail;    /* see SUBPROCESS_STEPS */
	int32_t error;	    /* errno; 0 with SUBPROCESS_STEP_LOST */
	int32_t signal;	    /* that ended the child, with SUBPROCESS_STEP_LOST */

	uint32_t warning_count;
	struct subprocess_warning warnings[SUBPROCESS_MAX_WARNINGS];
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
 * Find out what this machine can do by trying it on a child: enum
 * subprocess_capability, or -errno when there can be no child. Emulators and
 * sandboxes lack what the kernel below them has. Worth to be asked once.
 */
int32_t subprocess_probe(void);

/* What can be asked for of a sandbox here, without making one. */
enum subprocess_sandbox {
	SUBPROCESS_SANDBOX_LANDLOCK = 0xffff,  /* these bits: the version of the ABI of Landlock, 0 without it */
	SUBPROCESS_SANDBOX_SECCOMP = 1 << 16   /* filters that answer with an error */
};

/* enum subprocess_sandbox */
uint32_t subprocess_sandbox(void);

/*
 * Start a program. Returns 0 when exec has succeeded, or -errno, with the
 * failing step in *result; a child that was born and failed is reaped by then.
 * -ECHILD with SUBPROCESS_STEP_LOST: killed before exec. One killed while exec
 * was at work counts as a program that was started and killed.
 *
 * Births with another user or group, on shared memory, are the caller's to have
 * one after the other: from the change of credentials to exec the kernel keeps
 * all others from tracing this memory (prctl(2), PR_SET_DUMPABLE), and the end
 * of the first birth ends that.
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

/*
 * CPU time of the members of a process group, of children that they have waited
 * for too, in microseconds but not finer than 10 milliseconds; -errno where
 * /proc cannot be read. What a member used that ended and was waited for by
 * nobody in the group is not in it.
 */
int64_t subprocess_group_cpu(int32_t group);

/* The signals that the calling process ignores: bit n-1 for signal n. */
uint64_t subprocess_ignored_signals(void);

#endif
