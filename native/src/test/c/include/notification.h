/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the kernel and its listener say to each other (seccomp_unotify(2)). Stated
 * here, for not every libc comes with the headers of the kernel.
 */
#ifndef NOTIFICATION_H
#define NOTIFICATION_H

#include <stdint.h>
#include <sys/ioctl.h>

#define FILTER_MODE 1u
#define FILTER_WITH_LISTENER 8u

#define FILTER_PASSES 0x7fff0000u
#define FILTER_NOTIFIES 0x7fc00000u

#define FILTER_LOAD 0x20
#define FILTER_JUMP_IF_EQUAL 0x15
#define FILTER_RETURN 0x06

#define ANSWER_LET_THROUGH 1u

struct filter_instruction {
	uint16_t code;
	uint8_t if_true;
	uint8_t if_false;
	uint32_t operand;
};

struct filter_program {
	unsigned short length;
	struct filter_instruction *instructions;
};

struct notified_call {
	int32_t number;
	uint32_t architecture;
	uint64_t instruction_pointer;
	uint64_t arguments[6];
};

struct notification {
	uint64_t id;
	uint32_t thread;
	uint32_t flags;
	struct notified_call call;
};

struct notification_answer {
	uint64_t id;
	int64_t value;
	int32_t error;
	uint32_t flags;
};

#define RECEIVE_NOTIFICATION _IOWR('!', 0, struct notification)
#define SEND_ANSWER _IOWR('!', 1, struct notification_answer)

#endif
