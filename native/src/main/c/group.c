/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "birth.h"
#include "proc.h"
#include "sys.h"

#define FIELDS_FROM_STATE_TO_THREADS 17 /* fields 3 and 20 of proc_pid_stat(5) */
#define FIELDS_FROM_STATE_TO_TIMES   11 /* 14 to 17: user, system, and of children that were waited for */
#define TIMES			     4
#define MICROS_A_TICK		     10000 /* USER_HZ is 100 on every architecture of ours, whatever the kernel's own is */

EXPORTED int32_t subprocess_signal_group(int32_t group, int32_t signal)
{
	if (group <= 1)
		return -EINVAL;
	return (int32_t)sys_kill(-group, signal);
}

static const char *skip_fields(const char *state, int fields)
{
	for (; *state != '\0' && fields > 0; state++)
		fields -= *state == ' ';
	return state;
}

/* A leader that has ended while other threads of it run on is shown as a zombie too. */
static bool has_living_thread(const char *state)
{
	const char *threads;

	if (*state != 'Z' && *state != 'X')
		return true;
	threads = skip_fields(state, FIELDS_FROM_STATE_TO_THREADS);
	return *threads > '1' || (*threads == '1' && threads[1] != ' ');
}

static int64_t cpu_micros(const char *state)
{
	const char *place = skip_fields(state, FIELDS_FROM_STATE_TO_TIMES);
	int64_t ticks = 0;

	for (int time = 0; time < TIMES; time++) {
		int64_t number = 0;

		for (; *place >= '0' && *place <= '9'; place++)
			number = number * 10 + (*place - '0');
		ticks += number;
		if (*place == ' ')
			place++;
	}
	return ticks * MICROS_A_TICK;
}

/* The line of a process from its state on; NULL when there is no such process any more. */
static const char *read_state(int32_t processes, const char *pid, char *text, uint32_t size)
{
	char path[32];
	uint32_t length = 0;
	long fd;
	long count;

	for (; pid[length] != '\0'; length++)
		path[length] = pid[length];
	for (uint32_t index = 0; index < sizeof("/stat"); index++)
		path[length + index] = "/stat"[index];

	fd = sys_openat(processes, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return NULL;
	count = sys_read((int32_t)fd, text, size - 1);
	sys_close((int32_t)fd);
	if (count <= 0)
		return NULL;
	text[count] = '\0';
	return find_state(text);
}

struct group_sum {
	int32_t members;
	int64_t cpu_micros;
};

static void add_members(int32_t processes, const char *buffer, long size, int32_t group, struct group_sum *sum)
{
	char text[512];

	for (long place = 0; place < size;) {
		const struct sys_dirent *entry = (const void *)(buffer + place);
		int32_t pid = parse_number(entry->name);
		const char *state = NULL;

		/* asking for the group first spares opening a file for each process of the machine */
		if (pid > 0 && sys_getpgid(pid) == group)
			state = read_state(processes, entry->name, text, sizeof(text));
		if (state != NULL) {
			sum->members += has_living_thread(state);
			sum->cpu_micros += cpu_micros(state);
		}
		place += entry->length;
	}
}

static int32_t sum_up(int32_t group, struct group_sum *sum)
{
	_Alignas(8) char buffer[4096];
	long processes;
	long size;

	if (group <= 1)
		return -EINVAL;
	processes = sys_openat(AT_FDCWD, "/proc", O_RDONLY | O_CLOEXEC);
	if (processes < 0)
		return (int32_t)processes;
	do {
		size = sys_getdents64((int32_t)processes, buffer, sizeof(buffer));
		add_members((int32_t)processes, buffer, size, group, sum);
	} while (size > 0);
	sys_close((int32_t)processes);
	return (int32_t)size;
}

EXPORTED int32_t subprocess_group_members(int32_t group)
{
	struct group_sum sum = {0};
	int32_t error = sum_up(group, &sum);

	return error < 0 ? error : sum.members;
}

EXPORTED int64_t subprocess_group_cpu(int32_t group)
{
	struct group_sum sum = {0};
	int32_t error = sum_up(group, &sum);

	return error < 0 ? error : sum.cpu_micros;
}
