/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "floor.h"

static char room[1 << 20];

/* bytes: how much it holds, 0: as much as from birth */
void make_pipe(int ends[2], int bytes)
{
	if (pipe2(ends, O_CLOEXEC) != 0)
		die("pipe2");
	if (bytes > 0 && fcntl(ends[0], F_SETPIPE_SZ, bytes) < 0)
		die("F_SETPIPE_SZ");
}

int64_t read_all(int descriptor, size_t piece)
{
	int64_t sum = 0;
	ssize_t count;

	while ((count = read(descriptor, room, piece)) > 0)
		sum += count;
	if (count < 0)
		die("read");
	return sum;
}
