/* SPDX-License-Identifier: Apache-2.0 */
/* Writes argv[1] MiB to standard output, 256 KiB at a time. */
#include "raw.h"

#define PIECE (256 << 10)

long child(long *stack)
{
	static char piece[PIECE];
	long left = 0;

	for (const char *digit = (const char *)stack[2]; *digit; digit++)
		left = left * 10 + (*digit - '0');
	left <<= 20;
	while (left > 0) {
		long written = call(__NR_write, 1, (long)piece, left < PIECE ? left : PIECE, 0);

		if (written <= 0)
			return 1;
		left -= written;
	}
	return 0;
}
