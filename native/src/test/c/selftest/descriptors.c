/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exact descriptors of a program, by number and by what they are. The
 * program stops itself, and the kernel's list of its descriptors is read.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define MANY 500

struct identity {
	dev_t device;
	ino_t inode;
};

static struct identity identify(int fd)
{
	struct stat status;

	if (fstat(fd, &status) != 0)
		return (struct identity){0};
	return (struct identity){status.st_dev, status.st_ino};
}

/* A descriptor unlike all others, at `fd`. */
static void place_file(int fd)
{
	int file = memfd_create("selftest", MFD_CLOEXEC);

	if (file != fd) {
		dup3(file, fd, O_CLOEXEC);
		close(file);
	}
}

static bool is_same(pid_t pid, int fd, struct identity expected)
{
	struct stat status;
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/fd/%d", (int)pid, fd);
	return stat(path, &status) == 0 && status.st_dev == expected.device && status.st_ino == expected.inode;
}

static int count_of(pid_t pid)
{
	char path[64];
	int count = 0;
	DIR *list;

	snprintf(path, sizeof(path), "/proc/%d/fd", (int)pid);
	list = opendir(path);
	if (list == NULL)
		return -1;
	for (struct dirent *entry = readdir(list); entry != NULL; entry = readdir(list))
		count += entry->d_name[0] != '.';
	closedir(list);
	return count;
}

static void wait_for_stop(pid_t pid)
{
	siginfo_t info;

	while (waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT) != 0 && errno == EINTR)
		;
}

/* `others` is how many descriptors the program has besides its targets. */
static void expect(struct trial *trial, int others, const char *what)
{
	static struct identity sources[SUBPROCESS_MAX_DESCRIPTORS];
	int count = (int)trial->request.descriptor_count;
	int right = 0;
	int open;

	for (int index = 0; index < count; index++)
		sources[index] = identify(trial->descriptors[index].source);
	add_argument(trial, "19");
	if (!attempt(trial)) {
		show(trial);
		ok(false, "%s: starts", what);
		return;
	}
	wait_for_stop(trial->result.pid);
	for (int index = 0; index < count; index++)
		right += is_same(trial->result.pid, trial->descriptors[index].target, sources[index]);
	open = count_of(trial->result.pid);
	ok(right == count && open == count + others, "%s: %d of %d targets are right, %d open of %d", what, right,
	   count, open, count + others);
	ok(way.closing == 0 || trial->result.closing == way.closing, "%s: the way asked for was used", what);
	kill_trial(trial);
}

static void map_them(void)
{
	static const struct subprocess_descriptor swap[] = {{10, 11}, {11, 10}};
	static const struct subprocess_descriptor cycle[] = {{10, 11}, {11, 12}, {12, 10}, {13, 13}};
	static const struct subprocess_descriptor streams[] = {{1, 0}, {2, 1}, {0, 2}};
	static const struct subprocess_descriptor copies[] = {{10, 20}, {10, 21}, {10, 10}, {20, 22}};
	static const struct {
		const char *name;
		const struct subprocess_descriptor *list;
		uint32_t count;
		int others;
	} cases[] = {
		{"nothing mapped", NULL, 0, 3},
		{"swap", swap, LENGTH(swap), 3},
		{"cycle and a same number", cycle, LENGTH(cycle), 3},
		{"cycle of the standard streams", streams, LENGTH(streams), 0},
		{"one source, many targets", copies, LENGTH(copies), 3},
	};

	for (int fd = 10; fd <= 13; fd++)
		place_file(fd);
	place_file(20);
	for (size_t index = 0; index < LENGTH(cases); index++) {
		struct trial trial;

		prepare(&trial, fixture("kill_self"));
		for (uint32_t item = 0; item < cases[index].count; item++)
			map(&trial, cases[index].list[item].source, cases[index].list[item].target);
		expect(&trial, cases[index].others, cases[index].name);
	}
	for (int fd = 10; fd <= 13; fd++)
		close(fd);
	close(20);
}

static void cross_the_error_pipe(void)
{
	struct trial trial;
	int first = dup(2);

	close(first);
	/* the two lowest free numbers are those of the error pipe */
	prepare(&trial, fixture("kill_self"));
	map(&trial, 0, first);
	map(&trial, 1, first + 1);
	expect(&trial, 3, "targets where the error pipe lies");
}

static void map_as_many_as_allowed(void)
{
	struct trial trial;

	for (int fd = 100; fd < 100 + SUBPROCESS_MAX_DESCRIPTORS; fd++)
		place_file(fd);
	prepare(&trial, fixture("kill_self"));
	for (int index = 0; index < SUBPROCESS_MAX_DESCRIPTORS; index++)
		map(&trial, 100 + index, 100 + SUBPROCESS_MAX_DESCRIPTORS - 1 - index);
	expect(&trial, 3, "the largest number of mappings, turned round");
	for (int fd = 100; fd < 100 + SUBPROCESS_MAX_DESCRIPTORS; fd++)
		close(fd);
}

static void close_many(void)
{
	struct trial trial;

	for (int fd = 100; fd < 100 + MANY; fd++)
		dup2(2, fd);
	prepare(&trial, fixture("kill_self"));
	map(&trial, 300, 50);
	map(&trial, 301, 301);
	expect(&trial, 3, "500 inheritable descriptors");
	for (int fd = 100; fd < 100 + MANY; fd++)
		close(fd);
}

static void close_standard_streams(const void *argument)
{
	struct trial trial;
	int out = fcntl(1, F_DUPFD_CLOEXEC, 100);

	(void)argument;
	/* named before 1 is closed: the results are printed to it again at the end */
	for (int fd = 0; fd <= 2; fd++)
		close(fd);
	prepare(&trial, fixture("kill_self"));
	add_argument(&trial, "19");
	if (attempt(&trial)) {
		int open;

		wait_for_stop(trial.result.pid);
		open = count_of(trial.result.pid);
		kill_trial(&trial);
		dup2(out, 1);
		ok(open == 0, "closed standard streams stay closed: %d open", open);
		close(1);
	}
	for (int fd = 0; fd <= 2; fd++)
		place_file(fd);
	dup2(out, 3);
	prepare(&trial, fixture("kill_self"));
	map(&trial, 0, 1);
	map(&trial, 1, 2);
	map(&trial, 2, 0);
	{
		struct identity sources[3] = {identify(0), identify(1), identify(2)};
		bool right = false;
		int open = -1;

		add_argument(&trial, "19");
		if (attempt(&trial)) {
			pid_t pid = trial.result.pid;

			wait_for_stop(pid);
			open = count_of(pid);
			right = is_same(pid, 1, sources[0]) && is_same(pid, 2, sources[1]) &&
				is_same(pid, 0, sources[2]);
			kill_trial(&trial);
		}
		dup2(out, 1);
		ok(right && open == 3, "close-on-exec sources on 0 to 2 reach each other's numbers: %d open", open);
	}
}

static void run_without_streams(void)
{
	run_in_sandbox(close_standard_streams, NULL);
}

static void bound_the_loop(void)
{
	struct trial trial;
	int low = fcntl(2, F_DUPFD, 20);
	int high = fcntl(2, F_DUPFD, 40);

	way.closing = SUBPROCESS_CLOSING_LOOP;
	prepare(&trial, fixture("kill_self"));
	trial.request.close_bound = 40;
	expect(&trial, 4, "a loop with a bound leaves what lies above");
	way.closing = SUBPROCESS_CLOSING_NONE;
	prepare(&trial, fixture("kill_self"));
	expect(&trial, 5, "without closing only close-on-exec holds");
	way.closing = SUBPROCESS_CLOSING_AUTO;
	close(low);
	close(high);
}

static void print_them(void)
{
	struct trial trial;
	int fd = fcntl(2, F_DUPFD, 30);

	prepare(&trial, fixture("print_fds"));
	map(&trial, 0, 7);
	ok(strcmp(capture(&trial), "0\n1\n2\n7\n") == 0, "a program counts the same descriptors as the kernel");
	close(fd);
}

void test_descriptors(void)
{
	run_case_in_all_ways("descriptors", map_them);
	run_case_in_all_ways("error pipe", cross_the_error_pipe);
	run_case_in_all_ways("256 mappings", map_as_many_as_allowed);
	run_case_in_all_ways("inheritable", close_many);
	run_case_in_all_ways("no streams", run_without_streams);
	run_case_in_all_ways("print_fds", print_them);
	run_case("bounds", bound_the_loop);
}
