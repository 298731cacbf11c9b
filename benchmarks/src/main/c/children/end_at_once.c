/* SPDX-License-Identifier: Apache-2.0 */
/* Ends at once. */
#include "raw.h"

long child(long *stack)
{
	(void)stack;
	return 0;
}
