/* SPDX-License-Identifier: Apache-2.0 */
/* What the parent's half and the child's half of a birth share. */
#ifndef SUBPROCESS_BIRTH_H
#define SUBPROCESS_BIRTH_H

#include <stdbool.h>
#include <stdint.h>

#include "subprocess.h"

#define EXPORTED __attribute__((visibility("default")))

/*
 * What the child tells. In the error pipe each record is one write, so it is
 * never torn. Without an error it says which step begins.
 */
struct record {
	uint32_t step;
	uint32_t detail;
	int32_t error;
	uint32_t closing; /* the way of closing that was used, once it was */
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
	uint32_t close_bound;
	int32_t error_pipe;	   /* the end that the child writes; the child may move it */
	bool handlers_are_cleared; /* the kernel did it: CLONE_CLEAR_SIGHAND */
	bool every_step_is_written; /* the parent cannot see `progress` */
	volatile bool memory_is_shared;
	volatile struct record progress;
	int32_t targets[SUBPROCESS_MAX_DESCRIPTORS]; /* sorted */
	int32_t sources[SUBPROCESS_MAX_DESCRIPTORS]; /* in the order of the mappings */
};

/* request.c: the request as this library knows it, or -errno and the offset of the guilty member. */
int32_t read_request(struct birth *birth, const struct subprocess_request *request, uint32_t *member);

/* request.c: hold a structure of the caller to the growth rule of the header. */
int32_t check_size(const void *structure, uint32_t known_size);

/* child.c: the entry of the child. */
_Noreturn void live_until_exec(void *birth);

/* descriptors.c: all in the child, all telling their detail in birth->progress. */
long lift_descriptors(struct birth *birth);
long place_descriptors(struct birth *birth);
long close_descriptors(struct birth *birth);

/* signals.c */
uint64_t block_signals(void);
void restore_signals(uint64_t mask);
long reset_dispositions(struct birth *birth);
long empty_signal_mask(void);

/* wait.c: reap a child for good; the signal that ended it, 0 when it exited or is unknown. */
int32_t reap(int32_t pid, int32_t pidfd);

#endif
