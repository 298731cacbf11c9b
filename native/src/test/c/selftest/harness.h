/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Selftest of libsubprocess: a program over any libc that dlopens the library
 * and speaks TAP. Each case leaves no descriptor and no child behind, and that
 * is checked after each.
 */
#ifndef SELFTEST_HARNESS_H
#define SELFTEST_HARNESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/syscall.h>
#include <sys/types.h>

#include "subprocess.h"

/* What the headers of an older libc lack; the numbers are those of every architecture. */
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_close_range
#define SYS_close_range 436
#endif

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#define SYS_landlock_add_rule 445
#define SYS_landlock_restrict_self 446
#endif

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* The detail of a refused request, and of a refused entry of one of its lists. */
#define MEMBER(name) ((uint32_t)offsetof(struct subprocess_request, name))
#define ENTRY(name, index) (MEMBER(name) + ((uint32_t)(index) << 16))

#define SIGNAL_BIT(number) (UINT64_C(1) << ((number) - 1))

struct library {
	uint32_t (*abi)(void);
	const char *(*step_name)(uint32_t);
	int32_t (*probe)(void);
	uint32_t (*sandbox)(void);
	int32_t (*spawn)(const struct subprocess_request *, struct subprocess_result *);
	int32_t (*wait)(int32_t, uint32_t, struct subprocess_exit *);
	int32_t (*signal)(int32_t, int32_t);
	int32_t (*signal_group)(int32_t, int32_t);
	int32_t (*group_members)(int32_t);
	uint64_t (*ignored_signals)(void);
};

/* One spawn: what is asked, what came of it. */
struct trial {
	struct subprocess_request request;
	struct subprocess_result result;
	struct subprocess_descriptor descriptors[SUBPROCESS_MAX_DESCRIPTORS];
	struct subprocess_limit limits[SUBPROCESS_MAX_LIMITS];
	const char *programs[256];
	const char *argv[8];
	int32_t returned;
};

/* The way in which prepare() asks for a birth. */
struct way {
	uint32_t mechanism;
	uint32_t closing;
	uint32_t flags;
};

extern struct library core;
extern struct way way;
extern const char *scratch;	   /* an empty directory of this run, which every user may enter */
extern uint32_t capabilities;	   /* what subprocess_probe() says of this machine */
extern bool memory_is_shared;	   /* false where vfork is a fork in disguise: emulators, WSL1 */
extern const char *own_executable; /* NULL where it cannot be spawned */

bool ok(bool condition, const char *format, ...) __attribute__((format(printf, 2, 3)));
void skip(const char *reason, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *way_name(void);
bool table_is_shared(void); /* a child that is born in this way begins on the table of its parent */
const char *fixture(const char *name);
const char *public_fixture(const char *name); /* one that every user may execute */
const char *public_guardian(void);
const char *in_scratch(const char *name);
void remove_public_fixtures(void);

/* Whether births in this way tell through a pipe, for memory may not be shared. */
bool error_pipe_is_made(void);

/* The descriptors of this process: their numbers, flags, and what they are. */
struct inventory {
	int count;
	uint64_t sum;
};

struct inventory take_inventory(void);
struct inventory take_inventory_below(int bound);
/* Whether they are the same now, and no child is left. */
void check_nothing_is_left(struct inventory before);
/* Runs a case and then looks for what it left. */
void run_case(const char *name, void (*function)(void));
/* The same in each mechanism, with and without the flags; closing is up to the core. */
void run_case_in_each_mechanism(const char *name, void (*function)(void));
/* The same in each way of closing too. */
void run_case_in_all_ways(const char *name, void (*function)(void));
/* The same in a process of its own, for what cannot be taken back. */
void run_in_sandbox(void (*function)(const void *), const void *argument);

/* What a test needs of the machine. */
enum need {
	NEEDS_SECCOMP = 1,
	NEEDS_OTHER_USERS = 2, /* to become another user is allowed */
	NEEDS_CHROOT = 4,
	NEEDS_CGROUP = 8,
	NEEDS_SHARED_TABLE = 16, /* in this way of birth */
	NEEDS_AUTOGROUP = 32,
	NEEDS_PLAIN_USER = 64, /* it is there, or one can become it */
	NEEDS_USER_NAMESPACE = 128,
	NEEDS_TERMINAL = 256,
	NEEDS_LANDLOCK = 1024,
	NEEDS_ORPHANS = 512, /* they can be made this process's to wait for */
	NEEDS_ERROR_PIPE = 2048, /* in this way of birth */
	NEEDS_NO_ERROR_PIPE = 4096
};

/* Why one of these cannot be had here, NULL when they all can. */
const char *find_obstacle(unsigned needs);
/* In a sandbox, for good. */
void become_plain_user(void);
/* Whoever they are left to otherwise may take its time to wait for them. */
void adopt_orphans(bool adopt);
/* A cgroup v2 for tests, removed at the end of the run; NULL where none can be made. */
const char *cgroup_folder(void);
void remove_cgroup(void);

void prepare(struct trial *trial, const char *program);
void add_argument(struct trial *trial, const char *argument);
void map(struct trial *trial, int32_t source, int32_t target);
void ask_for(struct trial *trial, uint32_t attributes);
void add_limit(struct trial *trial, uint32_t resource, uint64_t soft, uint64_t hard);
bool attempt(struct trial *trial); /* true when the program runs */
bool failed_as(const struct trial *trial, uint32_t step, uint32_t detail, int32_t error);
bool warned_of(const struct trial *trial, uint32_t index, uint32_t step, uint32_t detail, int32_t error);
void show(const struct trial *trial);
/* Waits for the end of a running trial and closes its pidfd. */
struct subprocess_exit finish(struct trial *trial);
void kill_trial(struct trial *trial);
/* Starts with stdout on a pipe, reads until "ready", returns the pipe. */
int start_and_listen(struct trial *trial);
/* Runs with stdout on a pipe, returns the output, which is valid until the next call. */
const char *capture(struct trial *trial);
/* The value of the line "name=value" in what print_surroundings prints; "" without one. */
const char *told(const char *output, const char *name);

/* Whether it is this; says so where it is not. */
bool is(const char *output, const char *name, const char *expected);
bool is_number(const char *output, const char *name, long long expected);

/* All of this process, and of two of its threads, that a birth could change. Valid until the next but one. */
const char *describe_process(pid_t other_thread);
/* Runs the function beside a thread that must not learn of a birth either, with its number. */
void run_beside_a_thread(void (*function)(pid_t));

/* All that the kernel tells of the descriptors of this process. */
char *take_snapshot(void);
/* Whether it is the same now; frees what it is compared with. */
bool is_unchanged(char *before);

/* What a descriptor is, whatever its number. */
struct identity {
	dev_t device;
	ino_t inode;
};

struct identity identify(int fd);
/* A file unlike all others, close-on-exec, at `fd`. */
void place_file(int fd);
void place_pipe(int fd);
void wait_for_stop(pid_t pid);
/*
 * Starts kill_self, which stops itself, and holds the kernel's list of its
 * descriptors against the mappings; `others` is how many it has besides them.
 */
void expect(struct trial *trial, int others, const char *what);
/* The same of a program that runs, which goes on running. */
bool has_targets(const struct trial *trial, const struct identity *sources, int others);
/* How large the table of descriptors of a process is, in slots. */
unsigned slots_of(pid_t pid);

void limit_descriptors(uint64_t soft);
/* So that so many numbers can be had and DESCRIPTORS_KEPT more; returns how many it are, where they are fewer. */
int allow_descriptors(int wanted);
#define DESCRIPTORS_KEPT 200
int lowest_free(void);

/* A seccomp filter: the call answers `error`, or kills the process for KILL. */
#define KILL (-1)

/* Only if an argument has one of these bits, or is this. */
struct condition {
	int argument; /* from 1 on; 0: no condition */
	bool any_bit;
	uint32_t value;
};

#define IF_BIT(argument, value) {{argument, true, value}}
#define IF_EQUAL(argument, value) {{argument, false, value}}
#define IF_EQUAL_AND_BIT(first, is, second, has) {{first, false, is}, {second, true, has}}
#define IF_EQUAL_AND_EQUAL(first, is, second, also) {{first, false, is}, {second, false, also}}
#define ALWAYS {{0}}

/* What a program may be deprived of: the lists are the trial's to name as long as it lasts. */
void restrict_files(struct trial *trial, const struct subprocess_rule *rules, uint32_t count);
void load_filter(struct trial *trial, const struct subprocess_instruction *filter, uint32_t length);
extern const struct subprocess_rule run_everything; /* read it and execute it; restrict_files() takes writing too */
extern const struct subprocess_instruction allow_everything;

#define IF_UNSHARES IF_BIT(3, 2)	   /* close_range */
#define IF_DEATH_SIGNAL IF_EQUAL(1, 1)	   /* prctl */
#define IF_NO_NEW_PRIVILEGES IF_EQUAL(1, 38) /* prctl */

struct rule {
	int call;
	int error; /* 0: no rule */
	struct condition conditions[2];
};

bool install_filter(const struct rule *rules, size_t count);
/* The same of an array that ends with its first empty entry, or with its size. */
void install_rules(const struct rule *rules, size_t size);

void test_requests(void);
void test_blocks(void);
void test_probes(void);
void test_failures(void);
void test_warnings(void);
void test_fallbacks(void);
void test_descriptors(void);
void test_tables(void);
void test_rooms(void);
void test_surroundings(void);
void test_attributes(void);
void test_credentials(void);
void test_cgroups(void);
void test_sandboxes(void);
void test_deaths(void);
void test_programs(void);
void test_executions(void);
void test_exits(void);
void test_groups(void);
void test_guardian(void);
void test_concurrency(void);

#endif
