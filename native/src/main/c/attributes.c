/* SPDX-License-Identifier: Apache-2.0 */
/* What a child may be given besides, where that takes more than one system call. */
#include <stddef.h>

#include "birth.h"
#include "proc.h"
#include "sys.h"

static long write_number(int32_t directory, const char *path, int32_t number)
{
	char text[LARGEST_NUMBER_SIZE];
	uint32_t size = print_number(text, number);
	long fd = sys_openat(directory, path, O_WRONLY | O_CLOEXEC);
	long written;

	if (fd < 0)
		return fd;
	written = sys_write((int32_t)fd, text, size);
	sys_close((int32_t)fd);
	return written;
}

long take_terminal(const struct birth *birth)
{
	/* 0: not taken away from a session that has it, whatever the privileges */
	return sys_ioctl(birth->request.controlling_terminal, TIOCSCTTY, 0);
}

/* 0 stands for the writer itself. */
long join_cgroup(const struct birth *birth)
{
	return write_number(birth->cgroup, "cgroup.procs", 0);
}

long set_limit(const struct subprocess_limit *limit)
{
	const struct sys_rlimit set = {.soft = limit->soft, .hard = limit->hard};

	return sys_prlimit(limit->resource, &set, NULL);
}

/*
 * Where the scheduler groups by session, a nice value counts inside the session
 * only (sched(7)). A kernel that cannot group has no such file.
 */
long set_autogroup(const struct birth *birth)
{
	long error = write_number(AT_FDCWD, "/proc/self/autogroup", birth->request.nice);

	return error == -ENOENT ? 0 : error;
}

/* A child of vfork does not change the score of the memory that it shares. */
long set_oom_score(const struct birth *birth)
{
	return write_number(AT_FDCWD, "/proc/self/oom_score_adj", birth->request.oom_score);
}
