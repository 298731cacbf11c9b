/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is said to the guardian, and what it says by the way in which it ends.
 * Its standard input is a pipe, the lifeline, of which the process that is
 * guarded holds the only other end. Whatever way that process ends, the kernel
 * closes it.
 */
#ifndef SUBPROCESS_GUARDIAN_H
#define SUBPROCESS_GUARDIAN_H

#include <stdint.h>

enum guardian_operation {
	GUARDIAN_WATCH = 1, /* the group exists now, and is to be killed at the end */
	GUARDIAN_FORGET = 2, /* said before the leader of the group is reaped: later the number may be somebody else's */
};

struct guardian_record {
	int32_t operation;
	int32_t group; /* larger than 1 */
};

_Static_assert(sizeof(struct guardian_record) == 8, "a record of the lifeline");

enum guardian_exit {
	GUARDIAN_LEFT_NOBODY = 0,
	GUARDIAN_LEFT_SOMEBODY = 1, /* who may not be killed, or cannot be at the moment */
	GUARDIAN_MISUNDERSTOOD = 2, /* this is no lifeline, or no record: nobody was killed */
	GUARDIAN_OUT_OF_MEMORY = 3, /* nobody was killed */
};

#endif
