/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent's side of its descriptor table: what a child has to know of it, and
 * how the two can share it.
 *
 * A table is copied at birth from its start to the last open descriptor, which
 * takes longer than all the rest when there are thousands. A child that begins
 * on the table of its parent copies the lower part only, when it leaves it. So
 * what it needs must lie low: what lies high is lent a low number meanwhile.
 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

#define FIRST_BOUND 3

/* To copy so many entries costs less than to lend a number and take it back. */
#define HIGH 256

/* Where nothing tells how large the table is: more is not looked through. */
#define LARGEST_GUESS 65536

/* Closing any descriptor of a file ends the locks that the process has on it (fcntl(2)). */
static bool may_hold_locks(int32_t fd)
{
	struct sys_statx status;

	return sys_statx(fd, STATX_TYPE, &status) < 0 || (status.mode & S_IFMT) == S_IFREG;
}

/* What cannot be lent a number keeps its own: there is more to copy, and all is still right. */
static void lend_number(struct birth *birth, int32_t *fd)
{
	uint32_t next = birth->lent_numbers + 1; /* the first of the room is only copied from */

	if (*fd < HIGH || next >= birth->request.room_count || may_hold_locks(*fd))
		return;
	if (sys_dup3(*fd, birth->room[next], O_CLOEXEC) < 0)
		return;
	*fd = birth->room[next];
	birth->lent_numbers = next;
}

static void raise_bound(struct birth *birth, int32_t fd)
{
	if (fd >= 0 && birth->table_bound <= (uint32_t)fd)
		birth->table_bound = (uint32_t)fd + 1;
}

void share_table(struct birth *birth)
{
	birth->table_bound = FIRST_BOUND;
	lend_number(birth, &birth->error_pipe);
	raise_bound(birth, birth->error_pipe);
	for (uint32_t index = 0; index < birth->request.descriptor_count; index++) {
		/* above the limit on open files a descriptor can stay, but none can be put there */
		if (birth->sources[index] != birth->descriptors[index].target)
			lend_number(birth, &birth->sources[index]);
		raise_bound(birth, birth->sources[index]);
	}
	lend_number(birth, &birth->cgroup);
	raise_bound(birth, birth->cgroup);
	lend_number(birth, &birth->ruleset);
	raise_bound(birth, birth->ruleset);
	lend_number(birth, &birth->program_file);
	raise_bound(birth, birth->program_file);
}

void take_numbers_back(const struct birth *birth)
{
	for (uint32_t index = 1; index <= birth->lent_numbers; index++)
		sys_dup3(birth->room[0], birth->room[index], O_CLOEXEC);
}

/* "FDSize:" of proc_pid_status(5), 0 where it cannot be read. */
static uint32_t read_size_of_table(void)
{
	static const char name[] = "\nFDSize:";
	char text[1024];
	uint32_t matched = 0;
	uint32_t number = 0;
	long fd = sys_openat(AT_FDCWD, "/proc/self/status", O_RDONLY | O_CLOEXEC);
	long size;

	if (fd < 0)
		return 0;
	size = sys_read((int32_t)fd, text, sizeof(text));
	sys_close((int32_t)fd);
	for (long index = 0; index < size; index++) {
		char character = text[index];

		if (matched < sizeof(name) - 1)
			matched = character == name[matched] ? matched + 1 : character == name[0];
		else if (character >= '0' && character <= '9')
			number = number * 10 + (uint32_t)(character - '0');
		else if (number > 0)
			break;
	}
	return number;
}

static uint32_t count_slots(void)
{
	uint32_t size = read_size_of_table();
	struct sys_rlimit limit;

	if (size > 0)
		return size;
	if (sys_prlimit(RLIMIT_NOFILE, NULL, &limit) < 0 || limit.hard > LARGEST_GUESS)
		return LARGEST_GUESS;
	return (uint32_t)limit.hard;
}

static bool needs_loop(const struct subprocess_request *request)
{
	if (request->closing == SUBPROCESS_CLOSING_LOOP)
		return true;
	/* beyond the last possible descriptor nothing is closed, so this only asks whether it would be */
	return request->closing == SUBPROCESS_CLOSING_AUTO && sys_close_range(UINT32_MAX, UINT32_MAX, 0) < 0;
}

void copy_table(struct birth *birth)
{
	birth->table_bound = 0;
	birth->close_bound = birth->request.close_bound;
	if (birth->close_bound == 0 && needs_loop(&birth->request))
		birth->close_bound = count_slots();
}
