/* SPDX-License-Identifier: Apache-2.0 */
/* What the parent's half and the child's half of a birth share. */
#ifndef SUBPROCESS_BIRTH_H
#define SUBPROCESS_BIRTH_H

#include <stdbool.h>
#include <stdint.h>

#include "subprocess.h"

#define EXPORTED __attribute__((visibility("default")))

/* What a record of the child says of its step. */
enum {
	STEP_BEGINS = 0,
	STEP_FAILED = 1,
	STEP_REFUSED = 2, /* and the child goes on without it */
};

/* What the child tells. In the error pipe each record is one write, so it is never torn. */
struct record {
	uint32_t step;
	uint32_t detail;
	int32_t error;
	uint16_t closing; /* the way of closing that was used, once it was */
	uint16_t kind;
};

_Static_assert(sizeof(struct record) == 16, "a record of the error pipe");

/*
 * A birth from the checked request to the report. Lies in the parent's frame.
 * The child works on it in place, or on a copy when it was forked: what is
 * volatile reaches the parent in the first case only.
 */
struct birth {
	struct subprocess_request request;
	const struct subprocess_descriptor *descriptors;
	const char *const *programs;
	const char *const *argv;
	const char *const *envp;
	const char *working_directory;
	const int32_t *room;
	const struct subprocess_limit *limits;
	const uint64_t *affinity;
	const uint32_t *groups;
	const struct subprocess_rule *rules;
	const struct subprocess_instruction *filter;
	uint64_t block; /* address of the request as the caller has it */
	uint64_t signals_to_reset;
	uint32_t close_bound;
	uint32_t table_bound; /* the child shares the table, and what it needs of it lies below; 0: it has a copy */
	uint32_t lent_numbers; /* of the room */
	int32_t parent;
	int32_t reading_end; /* of the error pipe, -1 without one */
	int32_t writing_end;
	int32_t error_pipe; /* the end that the child writes, -1 without one; the child may move it */
	int32_t cgroup;		    /* the directory, -1 without one; the child may move it */
	int32_t ruleset;	    /* of Landlock, -1 without one; the child may move it */
	int32_t program_file;	    /* what is executed, -1: what a path names; the child may move it */
	bool born_in_cgroup;	    /* the kernel did it: CLONE_INTO_CGROUP */
	bool handlers_are_cleared;  /* the kernel did it: CLONE_CLEAR_SIGHAND */
	bool every_step_is_written; /* the parent cannot see `progress` */
	volatile bool memory_is_shared;
	volatile struct record progress;
	volatile uint32_t refusal_count; /* where there is no pipe to write them to */
	struct record refusals[SUBPROCESS_MAX_WARNINGS];
	int32_t targets[SUBPROCESS_MAX_DESCRIPTORS]; /* sorted */
	int32_t sources[SUBPROCESS_MAX_DESCRIPTORS]; /* in the order of the mappings */
};

/* request.c: the request as this library knows it, or -errno and the offset of the guilty member. */
int32_t read_request(struct birth *birth, const struct subprocess_request *request, uint32_t *member);

/* request.c: hold a structure of the caller to the growth rule of the header. */
int32_t check_size(const void *structure, uint32_t known_size);

/* child.c: the entry of the child. */
_Noreturn void live_until_exec(void *birth);

/* table.c: in the parent. */
void share_table(struct birth *birth);
void take_numbers_back(const struct birth *birth);
void copy_table(struct birth *birth);

/* descriptors.c: all in the child, all telling their detail in birth->progress. */
long leave_shared_table(const struct birth *birth);
long lift_descriptors(struct birth *birth);
long place_descriptors(struct birth *birth);
long make_inherited_streams_block(struct birth *birth);
long close_descriptors(struct birth *birth);

/* attributes.c: all in the child. */
long take_terminal(const struct birth *birth);
long join_cgroup(const struct birth *birth);
long set_limit(const struct subprocess_limit *limit);
long set_autogroup(const struct birth *birth);
long set_oom_score(const struct birth *birth);

/* sandbox.c: in the parent; a descriptor, or -errno and the guilty rule. */
long make_ruleset(const struct birth *birth, uint32_t *index);

/* sandbox.c: in the child. */
long load_filter(const struct birth *birth);

/* signals.c */
uint64_t block_signals(void);
void restore_signals(uint64_t mask);
uint64_t find_ignored(uint64_t signals);
long reset_dispositions(struct birth *birth);
long empty_signal_mask(void);

/* wait.c: reap a child for good; the signal that ended it, 0 when it exited or is unknown. */
int32_t reap(int32_t pid, int32_t pidfd);

#endif
