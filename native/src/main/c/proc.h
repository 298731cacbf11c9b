/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SUBPROCESS_PROC_H
#define SUBPROCESS_PROC_H

#include <stddef.h>
#include <stdint.h>

/* The number that the name of an entry of /proc spells, -1 if it spells none. */
static inline int32_t parse_number(const char *name)
{
	int64_t number = 0;

	if (*name == '\0')
		return -1;
	for (; *name != '\0'; name++) {
		if (*name < '0' || *name > '9')
			return -1;
		number = number * 10 + (*name - '0');
		if (number > INT32_MAX)
			return -1;
	}
	return (int32_t)number;
}

#define LARGEST_NUMBER_SIZE 12

/* Spells a number without an end, returns how many characters that took. */
static inline uint32_t print_number(char text[LARGEST_NUMBER_SIZE], int32_t number)
{
	uint32_t rest = number < 0 ? 0 - (uint32_t)number : (uint32_t)number;
	char digits[LARGEST_NUMBER_SIZE];
	uint32_t count = 0;
	uint32_t size = 0;

	do {
		digits[count++] = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		text[size++] = '-';
	while (count > 0)
		text[size++] = digits[--count];
	return size;
}

/*
 * The third field of a line of proc_pid_stat(5), NULL where there is none. The name of a program, before
 * it, may hold anything, so the fields count from the last parenthesis.
 */
static inline const char *find_state(const char *text)
{
	const char *state = NULL;

	for (; *text != '\0'; text++) {
		if (text[0] == ')' && text[1] == ' ')
			state = text + 2;
	}
	return state;
}

#endif
