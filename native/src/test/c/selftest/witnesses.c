/* SPDX-License-Identifier: Apache-2.0 */
/* What a program says that it was given, and what the kernel says of this process meanwhile. */
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness.h"

static void append(char *text, size_t size, const char *path, const char *only)
{
	char line[256];
	FILE *file = fopen(path, "re");

	while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
		size_t length = strlen(text);

		if (only == NULL || strncmp(line, only, strlen(only)) == 0)
			snprintf(text + length, size - length, "%s", line);
	}
	if (file != NULL)
		fclose(file);
}

/* What belongs to each thread, and must be the same for all of them after a birth. */
static void describe_thread(char *text, size_t size, pid_t thread)
{
	static const char *const lines[] = {
		"Umask:", "Uid:", "Gid:", "Groups:", "CapEff:", "CapPrm:", "SigBlk:", "NoNewPrivs:", "Cpus_allowed:"};
	char path[64];
	size_t length;

	snprintf(path, sizeof(path), "/proc/self/task/%d/status", (int)thread);
	for (size_t index = 0; index < LENGTH(lines); index++)
		append(text, size, path, lines[index]);
	length = strlen(text);
	snprintf(text + length, size - length, "nice %d\n", getpriority(PRIO_PROCESS, (id_t)thread));
}

const char *describe_process(pid_t other_thread)
{
	static char texts[2][8192];
	static int next;
	char *text = texts[next++ % 2];
	const size_t size = sizeof(texts[0]);
	int signal = 0;
	size_t length;

	text[0] = '\0';
	describe_thread(text, size, getpid());
	describe_thread(text, size, other_thread);
	append(text, size, "/proc/self/limits", NULL);
	append(text, size, "/proc/self/oom_score_adj", NULL);
	append(text, size, "/proc/self/autogroup", NULL);
	append(text, size, "/proc/self/cgroup", NULL);
	prctl(PR_GET_PDEATHSIG, &signal, 0, 0, 0);
	length = strlen(text);
	snprintf(text + length, size - length, "sid %d pgid %d dumpable %d death signal %d cwd ", (int)getsid(0),
		 (int)getpgrp(), prctl(PR_GET_DUMPABLE, 0, 0, 0, 0), signal);
	length = strlen(text);
	if (getcwd(text + length, size - length) == NULL)
		snprintf(text + length, size - length, "%s", "?");
	return text;
}

struct bystander {
	pthread_t thread;
	int ends[2];
	volatile pid_t id;
};

static void *stand_by(void *argument)
{
	struct bystander *bystander = argument;
	char byte;

	bystander->id = (pid_t)syscall(SYS_gettid);
	while (read(bystander->ends[0], &byte, 1) < 0)
		;
	return NULL;
}

void run_beside_a_thread(void (*function)(pid_t))
{
	struct bystander bystander = {.id = 0};

	if (pipe2(bystander.ends, O_CLOEXEC) != 0)
		return;
	pthread_create(&bystander.thread, NULL, stand_by, &bystander);
	while (bystander.id == 0)
		sched_yield();
	function(bystander.id);
	close(bystander.ends[1]);
	pthread_join(bystander.thread, NULL);
	close(bystander.ends[0]);
}

bool is(const char *output, const char *name, const char *expected)
{
	const char *value = told(output, name);
	bool same = strcmp(value, expected) == 0;

	if (!same)
		printf("# %s is \"%s\", not \"%s\"\n", name, value, expected);
	return same;
}

bool is_number(const char *output, const char *name, long long expected)
{
	char text[32];

	snprintf(text, sizeof(text), "%lld", expected);
	return is(output, name, text);
}

char *take_snapshot(void)
{
	char *text = NULL;
	size_t size = 0;
	FILE *snapshot = open_memstream(&text, &size);
	DIR *list = opendir("/proc/self/fd");

	for (struct dirent *entry; list != NULL && (entry = readdir(list)) != NULL;) {
		char path[64];
		char line[512] = "";
		FILE *file;

		if (entry->d_name[0] == '.' || atoi(entry->d_name) == dirfd(list))
			continue;
		if (readlinkat(dirfd(list), entry->d_name, line, sizeof(line) - 1) > 0)
			fprintf(snapshot, "%s -> %s\n", entry->d_name, line);
		snprintf(path, sizeof(path), "/proc/self/fdinfo/%.32s", entry->d_name);
		file = fopen(path, "re");
		while (file != NULL && fgets(line, sizeof(line), file) != NULL) {
			/* the position is moved by who writes the results */
			if (strncmp(line, "flags:", 6) == 0)
				fprintf(snapshot, "%s", line);
		}
		if (file != NULL)
			fclose(file);
	}
	if (list != NULL)
		closedir(list);
	fclose(snapshot);
	return text;
}

bool is_unchanged(char *before)
{
	char *after = take_snapshot();
	bool same = strlen(before) > 0 && strcmp(before, after) == 0;

	if (!same) {
		size_t place = 0;

		while (before[place] != '\0' && before[place] == after[place])
			place++;
		printf("# before \"%.60s\", after \"%.60s\"\n", before + place, after + place);
	}
	free(after);
	free(before);
	return same;
}
