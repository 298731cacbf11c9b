/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The descriptors of the child, in three passes: lift what lies where a target
 * will be, place each source on its target, close the rest. Before the first of
 * them the table may still be the parent's own.
 */
#include <stddef.h>

#include "birth.h"
#include "proc.h"
#include "sys.h"

#define FIRST_OTHER 3 /* 0 to 2 are never closed, mapped or not */

static bool is_target(const struct birth *birth, int32_t fd)
{
	uint32_t from = 0;
	uint32_t to = birth->request.descriptor_count;

	while (from < to) {
		uint32_t middle = from + (to - from) / 2;

		if (birth->targets[middle] == fd)
			return true;
		if (birth->targets[middle] < fd)
			from = middle + 1;
		else
			to = middle;
	}
	return false;
}

static uint32_t find_room_above_targets(const struct birth *birth)
{
	uint32_t count = birth->request.descriptor_count;
	uint32_t room = count > 0 ? (uint32_t)birth->targets[count - 1] + 1 : 0;

	return room > FIRST_OTHER ? room : FIRST_OTHER;
}

/*
 * Until this has been done nothing else may be done to a descriptor: it would be
 * done to the parent's.
 */
long leave_shared_table(const struct birth *birth)
{
	return sys_close_range(birth->table_bound, UINT32_MAX, CLOSE_RANGE_UNSHARE);
}

/* Whatever the flags of the caller's descriptor say, the program does not get it. */
static long lift_program_file(struct birth *birth, uint32_t room)
{
	long lifted;

	if (birth->program_file < 0)
		return 0;
	if (birth->program_file >= FIRST_OTHER && !is_target(birth, birth->program_file))
		return sys_fcntl(birth->program_file, F_SETFD, FD_CLOEXEC);
	lifted = sys_fcntl(birth->program_file, F_DUPFD_CLOEXEC, room);
	if (lifted >= 0)
		birth->program_file = (int32_t)lifted;
	return lifted;
}

/* After this no source, and not the error pipe, is overwritten by placing another. */
long lift_descriptors(struct birth *birth)
{
	uint32_t count = birth->request.descriptor_count;
	uint32_t room = find_room_above_targets(birth);
	long lifted;

	birth->progress.detail = count;
	if (birth->error_pipe >= 0 && (birth->error_pipe < FIRST_OTHER || is_target(birth, birth->error_pipe))) {
		lifted = sys_fcntl(birth->error_pipe, F_DUPFD_CLOEXEC, room);
		if (lifted < 0)
			return lifted;
		birth->error_pipe = (int32_t)lifted;
	}
	if (birth->cgroup >= 0 && is_target(birth, birth->cgroup)) {
		lifted = sys_fcntl(birth->cgroup, F_DUPFD_CLOEXEC, room);
		if (lifted < 0)
			return lifted;
		birth->cgroup = (int32_t)lifted;
	}
	if (birth->ruleset >= 0 && (birth->ruleset < FIRST_OTHER || is_target(birth, birth->ruleset))) {
		lifted = sys_fcntl(birth->ruleset, F_DUPFD_CLOEXEC, room);
		if (lifted < 0)
			return lifted;
		birth->ruleset = (int32_t)lifted;
	}
	lifted = lift_program_file(birth, room);
	if (lifted < 0)
		return lifted;
	for (uint32_t index = 0; index < count; index++) {
		int32_t source = birth->sources[index];

		if (source == birth->descriptors[index].target || !is_target(birth, source))
			continue;
		birth->progress.detail = index;
		lifted = sys_fcntl(source, F_DUPFD_CLOEXEC, room);
		if (lifted < 0)
			return lifted;
		birth->sources[index] = (int32_t)lifted;
	}
	return 0;
}

long place_descriptors(struct birth *birth)
{
	for (uint32_t index = 0; index < birth->request.descriptor_count; index++) {
		int32_t source = birth->sources[index];
		int32_t target = birth->descriptors[index].target;
		long error;

		birth->progress.detail = index;
		/* a dup onto itself would leave close-on-exec set */
		if (source == target)
			error = sys_fcntl(source, F_SETFD, 0);
		else
			error = sys_dup3(source, target, 0);
		if (error < 0)
			return error;
	}
	return 0;
}

static bool is_inherited(const struct birth *birth, int32_t stream)
{
	for (uint32_t index = 0; index < birth->request.descriptor_count; index++) {
		if (birth->descriptors[index].target == stream)
			return birth->descriptors[index].source < FIRST_OTHER;
	}
	return true;
}

/*
 * Programs expect of their standard streams that they block. The flag belongs to
 * what parent and child have in common, so the parent's stream blocks too then.
 */
long make_inherited_streams_block(struct birth *birth)
{
	for (int32_t stream = 0; stream < FIRST_OTHER; stream++) {
		long flags;

		if (!is_inherited(birth, stream))
			continue;
		birth->progress.detail = (uint32_t)stream;
		flags = sys_fcntl(stream, F_GETFL, 0);
		if (flags >= 0 && (flags & O_NONBLOCK))
			flags = sys_fcntl(stream, F_SETFL, (uint32_t)flags & ~(uint32_t)O_NONBLOCK);
		if (flags < 0 && flags != -EBADF)
			return flags;
	}
	return 0;
}

/* What the child still needs besides the targets: the error pipe, the rules of Landlock, the program. */
static bool is_needed(const struct birth *birth, int32_t fd)
{
	return fd == birth->error_pipe || fd == birth->ruleset || fd == birth->program_file;
}

static bool is_kept(const struct birth *birth, int32_t fd)
{
	return fd < FIRST_OTHER || is_needed(birth, fd) || is_target(birth, fd);
}

/* The lowest from `first` to `last` that is still needed; `last` + 1 where there is none. */
static uint64_t find_needed(const struct birth *birth, uint64_t first, uint64_t last)
{
	const int32_t needed[] = {birth->error_pipe, birth->ruleset, birth->program_file};
	uint64_t lowest = last + 1;

	for (uint32_t index = 0; index < sizeof(needed) / sizeof(*needed); index++) {
		if (needed[index] >= 0 && (uint32_t)needed[index] >= first && (uint32_t)needed[index] < lowest)
			lowest = (uint32_t)needed[index];
	}
	return lowest;
}

/* `last` is included, as in close_range itself. */
static long close_span(const struct birth *birth, uint64_t first, uint64_t last)
{
	while (first <= last) {
		uint64_t needed = find_needed(birth, first, last);
		long error = 0;

		if (needed > first)
			error = sys_close_range((uint32_t)first, (uint32_t)(needed - 1), 0);
		if (error < 0)
			return error;
		first = needed + 1;
	}
	return 0;
}

static long close_ranges(const struct birth *birth)
{
	uint32_t first = FIRST_OTHER;
	uint32_t last;

	for (uint32_t index = 0; index < birth->request.descriptor_count; index++) {
		uint32_t target = (uint32_t)birth->targets[index];
		long error;

		if (target < first)
			continue;
		error = close_span(birth, first, (uint64_t)target - 1);
		if (error < 0)
			return error;
		first = target + 1;
	}
	/* of a table that was shared there is no more: what was lifted since then closes at exec */
	last = birth->table_bound > 0 ? birth->table_bound - 1 : UINT32_MAX;
	return close_span(birth, first, last);
}

static void close_entries(const struct birth *birth, int32_t directory, const char *buffer, long size)
{
	for (long place = 0; place < size;) {
		const struct sys_dirent *entry = (const void *)(buffer + place);
		int32_t fd = parse_number(entry->name);

		if (fd >= 0 && fd != directory && !is_kept(birth, fd))
			sys_close(fd);
		place += entry->length;
	}
}

/*
 * The position in this directory is the number of a descriptor, so closing
 * while reading skips none: what was closed lies behind.
 */
static long close_listed(const struct birth *birth)
{
	_Alignas(8) char buffer[1024];
	long directory;
	long size;

	/* makes room for one more, should the limit be reached */
	if (birth->reading_end >= 0 && !is_kept(birth, birth->reading_end))
		sys_close(birth->reading_end);
	directory = sys_openat(AT_FDCWD, "/proc/self/fd", O_RDONLY | O_CLOEXEC);
	if (directory < 0)
		return directory;
	do {
		size = sys_getdents64((int32_t)directory, buffer, sizeof(buffer));
		close_entries(birth, (int32_t)directory, buffer, size);
	} while (size > 0);
	sys_close((int32_t)directory);
	return size;
}

static void close_all_below(const struct birth *birth, uint32_t bound)
{
	for (uint32_t fd = FIRST_OTHER; fd < bound; fd++) {
		if (!is_kept(birth, (int32_t)fd))
			sys_close((int32_t)fd);
	}
}

static long close_in_way(struct birth *birth, uint32_t way)
{
	birth->progress.closing = (uint16_t)way;
	switch (way) {
	case SUBPROCESS_CLOSING_UNSHARE:
	case SUBPROCESS_CLOSING_CLOSE_RANGE:
		return close_ranges(birth);
	case SUBPROCESS_CLOSING_PROC_SELF_FD:
		return close_listed(birth);
	case SUBPROCESS_CLOSING_LOOP:
		close_all_below(birth, birth->close_bound);
		return 0;
	default:
		return 0;
	}
}

/* Any error moves on to the next way: a seccomp filter says EPERM where an old kernel says ENOSYS. */
long close_descriptors(struct birth *birth)
{
	long error;

	if (birth->table_bound > 0)
		return close_in_way(birth, SUBPROCESS_CLOSING_UNSHARE);
	if (birth->request.closing != SUBPROCESS_CLOSING_AUTO)
		return close_in_way(birth, birth->request.closing);
	if (close_in_way(birth, SUBPROCESS_CLOSING_CLOSE_RANGE) == 0)
		return 0;
	error = close_in_way(birth, SUBPROCESS_CLOSING_PROC_SELF_FD);
	/* without a bound the loop would close nothing: the parent has found close_range to work */
	if (error == 0 || birth->close_bound == 0)
		return error;
	return close_in_way(birth, SUBPROCESS_CLOSING_LOOP);
}
