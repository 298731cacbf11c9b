/* SPDX-License-Identifier: Apache-2.0 */
/* Writes sixteen bytes to standard output. */
#include "raw.h"

long child(long *stack)
{
	static const char text[] = "sixteen bytes..\n";

	(void)stack;
	return call(__NR_write, 1, (long)text, 16, 0) != 16;
}
