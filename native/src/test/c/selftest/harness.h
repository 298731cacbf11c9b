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
#include <sys/types.h>

#include "subprocess.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

struct library {
	uint32_t (*abi)(void);
	const char *(*step_name)(uint32_t);
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
	const char *programs[256];
	const char *argv[8];
	int32_t returned;
};

/* The way in which prepare() asks for a birth. */
struct way {
	uint32_t mechanism;
	uint32_t closing;
};

extern struct library core;
extern struct way way;
extern const char *scratch;	   /* an empty directory of this run */
extern bool memory_is_shared;	   /* false where vfork is a fork in disguise: qemu, WSL1 */
extern const char *own_executable; /* NULL where it cannot be spawned */

bool ok(bool condition, const char *format, ...) __attribute__((format(printf, 2, 3)));
void skip(const char *reason, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *way_name(void);
const char *fixture(const char *name);
const char *in_scratch(const char *name);

/* How many descriptors are open, and whether it is the same later and no child is left. */
int count_descriptors(void);
void check_nothing_is_left(int descriptors);
/* Runs a case and then looks for what it left. */
void run_case(const char *name, void (*function)(void));
/* The same in each mechanism and each way of closing. */
void run_case_in_all_ways(const char *name, void (*function)(void));
/* The same in a process of its own, for what cannot be taken back. */
void run_in_sandbox(void (*function)(const void *), const void *argument);
bool refuses_seccomp(void);

void prepare(struct trial *trial, const char *program);
void add_argument(struct trial *trial, const char *argument);
void map(struct trial *trial, int32_t source, int32_t target);
bool attempt(struct trial *trial); /* true when the program runs */
bool failed_as(const struct trial *trial, uint32_t step, uint32_t detail, int32_t error);
void show(const struct trial *trial);
/* Waits for the end of a running trial and closes its pidfd. */
struct subprocess_exit finish(struct trial *trial);
void kill_trial(struct trial *trial);
/* Runs with stdout on a pipe, returns the output, which is valid until the next call. */
const char *capture(struct trial *trial);

/* A seccomp filter: the call answers `error`, or kills the process for KILL. */
#define KILL (-1)
struct rule {
	int call;
	int error;	/* 0: no rule */
	uint32_t flags; /* only if the first argument has one of these; 0: always */
};
bool install_filter(const struct rule *rules, size_t count);

void test_requests(void);
void test_failures(void);
void test_fallbacks(void);
void test_descriptors(void);
void test_surroundings(void);
void test_programs(void);
void test_exits(void);
void test_groups(void);
void test_concurrency(void);

#endif
