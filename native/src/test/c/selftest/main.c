/* SPDX-License-Identifier: Apache-2.0 */
/* selftest <libsubprocess.so> [folder of the fixtures [tests]]: those named, or all. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"

int print_plan(void);

struct library core;
const char *scratch;
const char *own_executable;
uint32_t capabilities;
bool memory_is_shared;

static const char *fixtures;
static const char *library;

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

/* Where a file lies, others may not go, or it may not be executable. */
static const char *publish(const char *file, const char *name)
{
	char block[65536];
	const char *path;
	char relative[NAME_MAX];
	ssize_t size;
	int source;
	int target;

	mkdir(in_scratch("public"), 0755);
	snprintf(relative, sizeof(relative), "public/%s", name);
	path = in_scratch(relative);
	if (access(path, F_OK) == 0)
		return path;
	source = open(file, O_RDONLY | O_CLOEXEC);
	target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
	while ((size = read(source, block, sizeof(block))) > 0) {
		if (write(target, block, (size_t)size) != size)
			abort();
	}
	fchmod(target, 0755);
	close(source);
	close(target);
	return path;
}

const char *public_fixture(const char *name)
{
	return publish(fixture(name), name);
}

/* Lies beside the library. */
const char *public_guardian(void)
{
	char folder[PATH_MAX];
	char file[PATH_MAX + NAME_MAX];

	snprintf(folder, sizeof(folder), "%s", library);
	snprintf(file, sizeof(file), "%s/subprocess-guardian", dirname(folder));
	return publish(file, "subprocess-guardian");
}

void remove_public_fixtures(void)
{
	char relative[NAME_MAX + 8];
	DIR *list = opendir(in_scratch("public"));

	for (struct dirent *entry; list != NULL && (entry = readdir(list)) != NULL;) {
		snprintf(relative, sizeof(relative), "public/%s", entry->d_name);
		if (entry->d_name[0] != '.')
			unlink(in_scratch(relative));
	}
	if (list != NULL)
		closedir(list);
	rmdir(in_scratch("public"));
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
	core.probe = find(handle, "subprocess_probe");
	core.sandbox = find(handle, "subprocess_sandbox");
	core.spawn = find(handle, "subprocess_spawn");
	core.wait = find(handle, "subprocess_wait");
	core.signal = find(handle, "subprocess_signal");
	core.signal_group = find(handle, "subprocess_signal_group");
	core.group_members = find(handle, "subprocess_group_members");
	core.ignored_signals = find(handle, "subprocess_ignored_signals");
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

/* Whatever the caller left open would stand where the cases put their own. */
static void tidy_descriptors(void)
{
	for (int fd = 3; fd < 4096; fd++)
		close(fd);
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFL) < 0)
			open("/dev/null", O_RDWR);
		fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) & ~O_NONBLOCK);
	}
}

static const struct {
	const char *name;
	void (*function)(void);
} tests[] = {
	{"probes", test_probes},
	{"requests", test_requests},
	{"blocks", test_blocks},
	{"failures", test_failures},
	{"warnings", test_warnings},
	{"fallbacks", test_fallbacks},
	{"descriptors", test_descriptors},
	{"tables", test_tables},
	{"rooms", test_rooms},
	{"surroundings", test_surroundings},
	{"attributes", test_attributes},
	{"credentials", test_credentials},
	{"cgroups", test_cgroups},
	{"sandboxes", test_sandboxes},
	{"deaths", test_deaths},
	{"programs", test_programs},
	{"executions", test_executions},
	{"exits", test_exits},
	{"groups", test_groups},
	{"guardian", test_guardian},
	{"concurrency", test_concurrency},
};

static bool is_chosen(const char *name, char *const *names)
{
	if (*names == NULL)
		return true;
	while (*names != NULL && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

int main(int argc, char **argv)
{
	static char self[PATH_MAX];
	char folder[] = "/tmp/selftest-XXXXXX";
	int32_t answer;
	int failed;

	if (argc > 1 && strcmp(argv[1], "--leaderless") == 0)
		leave_the_others();
	if (argc < 2) {
		fprintf(stderr, "usage: %s libsubprocess.so [fixtures [tests]]\n", argv[0]);
		return 2;
	}
	tidy_descriptors();
	umask(022);
	library = argv[1];
	load(library);
	answer = core.probe();
	capabilities = answer > 0 ? (uint32_t)answer : 0;
	memory_is_shared = capabilities & SUBPROCESS_CAN_SHARE_MEMORY;
	way.flags = capabilities;
	snprintf(self, sizeof(self), "%s", argv[0]);
	own_executable = memory_is_shared ? realpath(argv[0], NULL) : NULL;
	fixtures = realpath(argc > 2 ? argv[2] : dirname(self), NULL);
	scratch = mkdtemp(folder);
	if (fixtures == NULL || scratch == NULL || chmod(scratch, 0755) != 0)
		return 2;

	for (size_t index = 0; index < LENGTH(tests); index++) {
		if (is_chosen(tests[index].name, argc > 3 ? argv + 3 : argv + argc))
			tests[index].function();
	}
	failed = print_plan();
	remove_cgroup();
	remove_public_fixtures();
	if (rmdir(scratch) != 0)
		perror(scratch);
	return failed;
}
