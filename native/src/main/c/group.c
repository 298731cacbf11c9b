/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "birth.h"
#include "proc.h"
#include "sys.h"

#define FIELDS_FROM_STATE_TO_THREADS 17 /* fields 3 and 20 of proc_pid_stat(5) */

EXPORTED int32_t subprocess_signal_group(int32_t group, int32_t signal)
{
	if (group <= 1)
		return -EINVAL;
	return (int32_t)sys_kill(-group, signal);
}

/* A leader that has ended while other threads of it run on is shown as a zombie too. */
static bool has_living_thread(const char *state)
{
	int fields = 0;

	if (*state != 'Z' && *state != 'X')
		return true;
	for (; *state != '\0' && fields < FIELDS_FROM_STATE_TO_THREADS; state++)
		fields += *state == ' ';
	return *state > '1' || (*state == '1' && state[1] != ' ');
}

static bool is_alive(int32_t processes, const char *pid)
{
	char path[32];
	char text[512];
	uint32_t length = 0;
	const char *state;
	long fd;
	long size;

	for (; pid[length] != '\0'; length++)
		path[length] = pid[length];
	for (uint32_t index = 0; index < sizeof("/stat"); index++)
		path[length + index] = "/stat"[index];

	fd = sys_openat(processes, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	size = sys_read((int32_t)fd, text, sizeof(text) - 1);
	sys_close((int32_t)fd);
	if (size <= 0)
		return false;
	text[size] = '\0';
	state = find_state(text);
	return state != NULL && has_living_thread(state);
}

static int32_t count_members(int32_t processes, const char *buffer, long size, int32_t group)
{
	int32_t members = 0;

	for (long place = 0; place < size;) {
		const struct sys_dirent *entry = (const void *)(buffer + place);
		int32_t pid = parse_number(entry->name);

		/* asking for the group first spares opening a file for each process of the machine */
		if (pid > 0 && sys_getpgid(pid) == group && is_alive(processes, entry->name))
			members++;
		place += entry->length;
	}
	return members;
}

EXPORTED int32_t subprocess_group_members(int32_t group)
{
	_Alignas(8) char buffer[4096];
	int32_t members = 0;
	long processes;
	long size;

	if (group <= 1)
		return -EINVAL;
	processes = sys_openat(AT_FDCWD, "/proc", O_RDONLY | O_CLOEXEC);
	if (processes < 0)
		return (int32_t)processes;
	do {
		size = sys_getdents64((int32_t)processes, buffer, sizeof(buffer));
		members += count_members((int32_t)processes, buffer, size, group);
	} while (size > 0);
	sys_close((int32_t)processes);
	return size < 0 ? (int32_t)size : members;
}
