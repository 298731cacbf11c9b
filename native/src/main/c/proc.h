/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SUBPROCESS_PROC_H
#define SUBPROCESS_PROC_H

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

#endif
