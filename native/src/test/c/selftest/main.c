/* SPDX-License-Identifier: Apache-2.0 */
/* selftest <libsubprocess.so> [folder of the fixtures] */
#include <dlfcn.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

int print_plan(void);

struct library core;
const char *scratch;
const char *own_executable;
bool memory_is_shared;

static const char *fixtures;

const char *fixture(const char *name)
{
	static char paths[4][PATH_MAX];
	static int next;
	char *path = paths[next++ % 4];

	snprintf(path, PATH_MAX, "%s/%s", fixtures, name);
	return path;
}

const char *in_scratch(const char *name)
{
	static char paths[8][PATH_MAX];
	static int next;
	char *path = paths[next++ % 8];

	snprintf(path, PATH_MAX, "%s/%s", scratch, name);
	return path;
}

static void *find(void *handle, const char *name)
{
	void *symbol = dlsym(handle, name);

	if (symbol == NULL) {
		printf("Bail out! %s\n", dlerror());
		exit(1);
	}
	return symbol;
}

static void load(const char *path)
{
	void *handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);

	if (handle == NULL) {
		printf("Bail out! %s\n", dlerror());
		exit(1);
	}
	core.abi = find(handle, "subprocess_abi");
	core.step_name = find(handle, "subprocess_step_name");
	core.spawn = find(handle, "subprocess_spawn");
	core.wait = find(handle, "subprocess_wait");
	core.signal = find(handle, "subprocess_signal");
	core.signal_group = find(handle, "subprocess_signal_group");
	core.group_members = find(handle, "subprocess_group_members");
	core.ignored_signals = find(handle, "subprocess_ignored_signals");
}

static bool probe_shared_memory(void)
{
	volatile bool shared = false;

	if (vfork() == 0) {
		shared = true;
		_exit(0);
	}
	while (waitpid(-1, NULL, 0) < 0)
		;
	return shared;
}

/* A process whose first thread has ended: the kernel shows it as a zombie. */
static void *outlive_the_leader(void *argument)
{
	char path[64];
	char text[256];
	char *state = NULL;

	(void)argument;
	snprintf(path, sizeof(path), "/proc/self/task/%d/stat", (int)getpid());
	do {
		FILE *file = fopen(path, "r");

		state = file != NULL && fgets(text, sizeof(text), file) != NULL ? strrchr(text, ')') : NULL;
		if (file != NULL)
			fclose(file);
	} while (state == NULL || state[2] != 'Z');
	puts("ready");
	fflush(stdout);
	pause();
	return NULL;
}

static void leave_the_others(void)
{
	pthread_t thread;

	alarm(60);
	pthread_create(&thread, NULL, outlive_the_leader, NULL);
	pthread_exit(NULL);
}

int main(int argc, char **argv)
{
	static char self[PATH_MAX];
	char folder[] = "/tmp/selftest-XXXXXX";
	int failed;

	if (argc > 1 && strcmp(argv[1], "--leaderless") == 0)
		leave_the_others();
	if (argc < 2) {
		fprintf(stderr, "usage: %s libsubprocess.so [fixtures]\n", argv[0]);
		return 2;
	}
	/* whatever the caller left open would stand where the cases put their own */
	for (int fd = 3; fd < 4096; fd++)
		close(fd);
	load(argv[1]);
	memory_is_shared = probe_shared_memory();
	snprintf(self, sizeof(self), "%s", argv[0]);
	own_executable = memory_is_shared ? realpath(argv[0], NULL) : NULL;
	fixtures = realpath(argc > 2 ? argv[2] : dirname(self), NULL);
	scratch = mkdtemp(folder);
	if (fixtures == NULL || scratch == NULL)
		return 2;

	test_requests();
	test_failures();
	test_fallbacks();
	test_descriptors();
	test_surroundings();
	test_programs();
	test_exits();
	test_groups();
	test_concurrency();

	failed = print_plan();
	if (rmdir(scratch) != 0)
		perror(scratch);
	return failed;
}
