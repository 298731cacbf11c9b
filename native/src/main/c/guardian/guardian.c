/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The guardian: a program that outlives a process in order to kill the process
 * groups that it leaves. It is told of them through its standard input, and
 * acts when that comes to its end. Nothing else makes it act or end, but SIGKILL.
 *
 * What it cannot keep it does not drop in silence: it ends, the other side of
 * the lifeline sees that, and starts another one.
 */
#include <stdbool.h>
#include <stddef.h>

#include "guardian.h"

#include "../proc.h"
#include "../subprocess.h"
#include "../sys.h"

#if defined(__x86_64__)
#include "../arch/x86_64/start.h"
#else
#include "../arch/aarch64/start.h"
#endif

#define LIFELINE 0
#define FIELDS_FROM_STATE_TO_START 19 /* fields 3 and 22 of proc_pid_stat(5) */
#define NANOSECONDS INT64_C(1000000000)
#define FIRST_PAUSE (NANOSECONDS / 1000)
#define LONGEST_PAUSE (NANOSECONDS / 20)
#define LONGEST_END (2 * NANOSECONDS)
#define TABLE_STEP 4096

/*
 * The kernel gives a number to nobody else while a process or a group has it.
 * So as long as the leader is not reaped, or a member of the group is left, the
 * number means the same group; and when it means another one, that one began
 * with a leader that was started at another time.
 */
struct watched {
	int64_t start; /* of the leader, or -errno */
	int32_t group;
};

/* Lies behind the end of the program, and grows there (brk(2)). */
struct table {
	struct watched *groups;
	uint32_t count;
	uint32_t room;
};

/* When the process was started, in ticks since boot, or -errno. */
static int64_t find_start(int32_t pid)
{
	char path[sizeof("/proc//stat") + LARGEST_NUMBER_SIZE] = "/proc/";
	uint32_t length = sizeof("/proc/") - 1;
	char text[512];
	const char *field;
	int64_t start = 0;
	int fields = 0;
	long fd;
	long size;

	length += print_number(path + length, pid);
	for (uint32_t index = 0; index < sizeof("/stat"); index++)
		path[length + index] = "/stat"[index];
	fd = sys_openat(AT_FDCWD, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fd;
	size = sys_read((int32_t)fd, text, sizeof(text) - 1);
	sys_close((int32_t)fd);
	if (size < 0)
		return size;
	text[size] = '\0';
	field = find_state(text);
	if (field == NULL)
		return -EINVAL;
	for (; *field != '\0' && fields < FIELDS_FROM_STATE_TO_START; field++)
		fields += *field == ' ';
	for (; *field >= '0' && *field <= '9'; field++)
		start = start * 10 + (*field - '0');
	return start;
}

/* A leader that nobody could ask about is not known to have been another one. */
static bool is_somebody_elses(const struct watched *watched)
{
	bool was_there = watched->start >= 0;
	bool was_gone = watched->start == -ENOENT || watched->start == -ESRCH;
	int64_t start = find_start(watched->group);

	return start >= 0 && start != watched->start && (was_there || was_gone);
}

static bool grow(struct table *table)
{
	uintptr_t size = (table->room + TABLE_STEP / sizeof(*table->groups)) * sizeof(*table->groups);
	uintptr_t end;

	if (table->groups == NULL)
		table->groups = (void *)(((uintptr_t)sys_brk(0) + 15) & ~(uintptr_t)15);
	end = (uintptr_t)table->groups + size;
	if ((uintptr_t)sys_brk(end) < end)
		return false;
	table->room = (uint32_t)(size / sizeof(*table->groups));
	return true;
}

/* Looked for from the end: those that have come last are the first to go. */
static struct watched *find(const struct table *table, int32_t group)
{
	for (uint32_t index = table->count; index-- > 0;) {
		if (table->groups[index].group == group)
			return &table->groups[index];
	}
	return NULL;
}

static void drop(struct table *table, struct watched *watched)
{
	*watched = table->groups[--table->count];
}

static void watch(struct table *table, int32_t group)
{
	struct watched *watched = find(table, group);

	if (watched == NULL) {
		if (table->count == table->room && !grow(table))
			sys_exit_group(GUARDIAN_OUT_OF_MEMORY);
		watched = &table->groups[table->count++];
	}
	*watched = (struct watched){find_start(group), group};
}

static void forget(struct table *table, int32_t group)
{
	struct watched *watched = find(table, group);

	if (watched != NULL)
		drop(table, watched);
}

/* Groups 0 and 1 and what is below would mean somebody else to kill(2), or everybody. */
static void obey(struct table *table, const struct guardian_record *record)
{
	if (record->group <= 1)
		sys_exit_group(GUARDIAN_MISUNDERSTOOD);
	switch (record->operation) {
	case GUARDIAN_WATCH:
		watch(table, record->group);
		break;
	case GUARDIAN_FORGET:
		forget(table, record->group);
		break;
	default:
		sys_exit_group(GUARDIAN_MISUNDERSTOOD);
	}
}

/* A record may come in pieces; one that lacks a piece at the end was never said. */
static void listen_to_the_end(struct table *table)
{
	struct guardian_record records[512];
	size_t length = 0;
	long size;

	while ((size = sys_read(LIFELINE, (char *)records + length, sizeof(records) - length)) != 0) {
		size_t count;

		if (size == -EINTR)
			continue;
		if (size < 0)
			sys_exit_group(GUARDIAN_MISUNDERSTOOD);
		length += (size_t)size;
		count = length / sizeof(*records);
		for (size_t index = 0; index < count; index++)
			obey(table, &records[index]);
		length %= sizeof(*records);
		if (length > 0)
			records[0] = records[count];
	}
}

/* Whoever is to reap zombies may never do so, and then the group exists for ever. */
static bool is_over(const struct watched *watched, bool zombies_count)
{
	if (is_somebody_elses(watched))
		return true;
	if (sys_kill(-watched->group, SIGKILL) == -ESRCH)
		return true;
	return !zombies_count && subprocess_group_members(watched->group) == 0;
}

static int64_t now(void)
{
	struct sys_timespec time = {0};

	sys_clock_gettime(CLOCK_MONOTONIC, &time);
	return time.seconds * NANOSECONDS + time.nanoseconds;
}

/*
 * Killed more than once: older kernels let a process fork that is being killed.
 * All are killed before anybody is looked at, which takes longer.
 */
static void end_groups(struct table *table)
{
	int64_t deadline = now() + LONGEST_END;
	int64_t pause = FIRST_PAUSE;

	for (;;) {
		for (uint32_t index = table->count; index-- > 0;) {
			if (is_over(&table->groups[index], pause < LONGEST_PAUSE))
				drop(table, &table->groups[index]);
		}
		if (table->count == 0 || now() > deadline)
			return;
		sys_nanosleep(&(struct sys_timespec){0, pause});
		pause = pause * 2 < LONGEST_PAUSE ? pause * 2 : LONGEST_PAUSE;
	}
}

/* Nobody's signals, no terminal, no directory that cannot be unmounted, nobody's output. */
static void keep_apart(void)
{
	uint64_t every = ~UINT64_C(0);

	sys_rt_sigprocmask(SIG_SETMASK, &every, NULL);
	sys_setsid();
	sys_chdir("/");
	sys_prctl(PR_SET_NAME, address_of("subproc-guard"));
	sys_close(1);
	sys_close(2);
}

START_AT(guard)
_Noreturn void guard(void);

_Noreturn void guard(void)
{
	struct table table = {0};

	keep_apart();
	listen_to_the_end(&table);
	end_groups(&table);
	sys_exit_group(table.count == 0 ? GUARDIAN_LEFT_NOBODY : GUARDIAN_LEFT_SOMEBODY);
}
