/* SPDX-License-Identifier: Apache-2.0 */
/* Seccomp and its small machine, written down here as not every libc comes with kernel headers. */
#include <stdlib.h>
#include <sys/prctl.h>

#include "harness.h"

struct instruction {
	uint16_t code;
	uint8_t if_true;
	uint8_t if_false;
	uint32_t value;
};

struct filter {
	unsigned short length;
	struct instruction *code;
};

#define MODE_FILTER 2
#define ALLOW 0x7fff0000U
#define ANSWER_ERROR 0x00050000U
#define KILL_PROCESS 0x80000000U
#define LOAD 0x20
#define JUMP_IF_EQUAL 0x15
#define JUMP_IF_ANY_BIT 0x45
#define RETURN 0x06
#define AT_NUMBER 0
#define AT_ARGUMENT(number) (16 + 8 * ((uint32_t)(number) - 1)) /* its lower half */

static unsigned short add_rule(struct instruction *code, const struct rule *rule)
{
	uint32_t answer = rule->error == KILL ? KILL_PROCESS : ANSWER_ERROR | (uint32_t)rule->error;
	unsigned conditions = 0;
	unsigned short length = 0;
	uint8_t rest;

	while (conditions < LENGTH(rule->conditions) && rule->conditions[conditions].argument > 0)
		conditions++;
	rest = (uint8_t)(2 * conditions + 1);
	code[length++] = (struct instruction){LOAD, 0, 0, AT_NUMBER};
	code[length++] = (struct instruction){JUMP_IF_EQUAL, 0, rest, (uint32_t)rule->call};
	for (unsigned index = 0; index < conditions; index++) {
		const struct condition *condition = &rule->conditions[index];
		uint16_t jump = condition->any_bit ? JUMP_IF_ANY_BIT : JUMP_IF_EQUAL;

		rest -= 2;
		code[length++] = (struct instruction){LOAD, 0, 0, AT_ARGUMENT(condition->argument)};
		code[length++] = (struct instruction){jump, 0, rest, condition->value};
	}
	code[length++] = (struct instruction){RETURN, 0, 0, answer};
	return length;
}

bool install_filter(const struct rule *rules, size_t count)
{
	struct instruction code[64];
	struct filter filter = {.code = code};
	unsigned short length = 0;

	for (size_t index = 0; index < count; index++)
		length += add_rule(code + length, &rules[index]);
	code[length++] = (struct instruction){RETURN, 0, 0, ALLOW};
	filter.length = length;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, MODE_FILTER, &filter) == 0;
}

void install_rules(const struct rule *rules, size_t size)
{
	size_t count = 0;

	while (count < size && rules[count].error != 0)
		count++;
	if (count > 0 && !install_filter(rules, count))
		_Exit(1);
}
