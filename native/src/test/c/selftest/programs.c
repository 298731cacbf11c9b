/* SPDX-License-Identifier: Apache-2.0 */
/* Lists of candidates, and programs that are none. */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define LOCKED_OUT "noexec"
#define MISSING "missing"
#define THROUGH_FILE "noexec/program"
#define SCRIPT_WITHOUT_SHELL "text"
#define LOOP "loop"
#define GOOD "good"

static void copy_file(const char *from, const char *to, mode_t mode)
{
	char block[65536];
	ssize_t size;
	int source = open(from, O_RDONLY | O_CLOEXEC);
	int target = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);

	while ((size = read(source, block, sizeof(block))) > 0) {
		if (write(target, block, (size_t)size) != size)
			abort();
	}
	close(source);
	close(target);
}

static void make_text(const char *name, mode_t mode)
{
	int fd = open(in_scratch(name), O_WRONLY | O_CREAT | O_CLOEXEC, mode);

	if (write(fd, "echo a shell has run\n", 21) != 21)
		abort();
	close(fd);
}

static const struct {
	const char *names[5];
	uint32_t index;
	int error; /* 0: runs */
} lists[] = {
	{{MISSING}, 0, ENOENT},
	{{MISSING, THROUGH_FILE}, 1, ENOTDIR},
	{{THROUGH_FILE, MISSING}, 1, ENOENT},
	{{LOCKED_OUT}, 0, EACCES},
	{{LOCKED_OUT, MISSING}, 0, EACCES},
	{{MISSING, LOCKED_OUT, LOCKED_OUT, MISSING}, 1, EACCES},
	{{MISSING, LOCKED_OUT, GOOD, MISSING}, 2, 0},
	{{SCRIPT_WITHOUT_SHELL, GOOD}, 0, ENOEXEC},
	{{LOCKED_OUT, SCRIPT_WITHOUT_SHELL}, 1, ENOEXEC},
	{{LOOP, GOOD}, 0, ELOOP},
	{{"."}, 0, EACCES},
	{{GOOD, LOOP}, 0, 0},
};

static void try_lists(void)
{
	copy_file(fixture("exit_with"), in_scratch(GOOD), 0755);
	make_text(LOCKED_OUT, 0644);
	make_text(SCRIPT_WITHOUT_SHELL, 0755);
	if (symlink(LOOP, in_scratch(LOOP)) != 0)
		abort();
	for (size_t index = 0; index < LENGTH(lists); index++) {
		struct trial trial;
		int count = 0;

		prepare(&trial, NULL);
		for (; lists[index].names[count] != NULL; count++)
			trial.programs[count] = in_scratch(lists[index].names[count]);
		attempt(&trial);
		if (lists[index].error == 0)
			ok(trial.returned == 0 && trial.result.program == lists[index].index,
			   "candidate %u of list %zu runs", trial.result.program, index);
		else
			ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, lists[index].index, lists[index].error),
			   "list %zu fails with %s because of candidate %u", index, strerror(lists[index].error),
			   lists[index].index);
		finish(&trial);
	}
	unlink(in_scratch(LOCKED_OUT));
	unlink(in_scratch(SCRIPT_WITHOUT_SHELL));
	unlink(in_scratch(LOOP));
	unlink(in_scratch(GOOD));
}

static void try_long_lists(void)
{
	struct trial trial;

	prepare(&trial, NULL);
	for (int index = 0; index < 200; index++)
		trial.programs[index] = "/nowhere/program";
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 199, ENOENT), "the last of 200 candidates is told");
	trial.programs[200] = fixture("exit_with");
	attempt(&trial);
	if (way.mechanism == SUBPROCESS_MECHANISM_VFORK && !memory_is_shared)
		skip("only the first 128 candidates are told without shared memory", "the 201st candidate");
	else
		ok(trial.returned == 0 && trial.result.program == 200, "the 201st candidate is told");
	finish(&trial);
}

static bool is_busy_ever(const char *path)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		execl(path, path, (char *)NULL);
		_exit(errno == ETXTBSY ? 99 : 0);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) && WEXITSTATUS(status) == 99;
}

struct release {
	int fd;
	pid_t spawner;
	volatile bool is_late; /* the spawner has its answer */
};

/* Lets go of the file once the child sleeps between two tries. */
static void *release_when_child_sleeps(void *argument)
{
	struct release *release = argument;
	char path[64];
	char text[256];
	int child = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/self/task/%d/children", (int)release->spawner);
	while (child == 0 && !release->is_late && (file = fopen(path, "re")) != NULL) {
		if (fscanf(file, "%d", &child) != 1)
			child = 0;
		fclose(file);
	}
	snprintf(path, sizeof(path), "/proc/%d/stat", child);
	while (!release->is_late && (file = fopen(path, "re")) != NULL) {
		const char *state = fgets(text, sizeof(text), file) != NULL ? strrchr(text, ')') : NULL;

		fclose(file);
		if (state == NULL || state[2] == 'S')
			break;
	}
	close(release->fd);
	return NULL;
}

static void meet_busy_file(void)
{
	char path[4096];
	struct trial trial;
	struct release release;
	pthread_t thread;
	int tries = 0;

	snprintf(path, sizeof(path), "%s", in_scratch("busy"));
	copy_file(fixture("exit_with"), path, 0755);
	release.fd = open(path, O_WRONLY | O_CLOEXEC);
	release.spawner = (pid_t)syscall(SYS_gettid);
	if (!is_busy_ever(path)) {
		skip("this kernel executes files that are open for writing", "ETXTBSY");
		close(release.fd);
		unlink(path);
		return;
	}
	prepare(&trial, path);
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ETXTBSY), "a file that stays open for writing is busy");
	close(release.fd);

	/* a machine under load may give the thread no time for all the retries: try again */
	do {
		release.fd = open(path, O_WRONLY | O_CLOEXEC);
		release.is_late = false;
		pthread_create(&thread, NULL, release_when_child_sleeps, &release);
		prepare(&trial, path);
		attempt(&trial);
		release.is_late = true;
		pthread_join(thread, NULL);
	} while (trial.returned == -ETXTBSY && ++tries < 5);
	ok(trial.returned == 0, "a file that is closed in time is executed");
	finish(&trial);
	unlink(path);
}

void test_programs(void)
{
	run_case_in_all_ways("candidates", try_lists);
	run_case_in_each_mechanism("long lists", try_long_lists);
	run_case_in_each_mechanism("busy", meet_busy_file);
}
