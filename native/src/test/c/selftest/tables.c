/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The table of descriptors that a child may begin on: it is the parent's own,
 * and nothing that the child does may be seen there.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sched.h>
#include <unistd.h>

#include "harness.h"

#define MANY 25000
#define SOFT 256

static int high_number;

/* Descriptors of many kinds, at numbers low and high. */
static void open_all_sorts(void)
{
	int ends[2];

	high_number = allow_descriptors(3000);
	if (pipe2(ends, O_NONBLOCK) != 0 || pipe2(ends, O_CLOEXEC) != 0 ||
	    socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
		_exit(1);
	place_file(30);
	dup2(30, 31);
	dup3(30, 300, O_CLOEXEC);
	dup2(30, high_number);
}

static void start_one(struct trial *trial)
{
	attempt(trial);
	kill_trial(trial);
}

static void bear_all_kinds(void)
{
	struct trial trial;

	prepare(&trial, fixture("exit_with"));
	start_one(&trial);
	prepare(&trial, fixture("exit_with"));
	map(&trial, 30, 31);
	map(&trial, 31, 30);
	map(&trial, 300, 300);
	map(&trial, high_number, 1);
	map(&trial, 3, 3);
	start_one(&trial);
	prepare(&trial, fixture("exit_with"));
	trial.request.working_directory = (uintptr_t) "/nowhere";
	map(&trial, 30, 1);
	start_one(&trial);
	prepare(&trial, "/nowhere/program");
	map(&trial, 30, 2);
	start_one(&trial);
	prepare(&trial, fixture("exit_with"));
	map(&trial, 30, 1 << 29);
	start_one(&trial);
	prepare(&trial, fixture("exit_with"));
	map(&trial, 4000, 1);
	start_one(&trial);
	prepare(&trial, fixture("exit_with"));
	trial.request.session = SUBPROCESS_SESSION_NEW;
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_TERMINAL);
	start_one(&trial);
}

static void leave_table_alone(const void *argument)
{
	char *before;

	(void)argument;
	open_all_sorts();
	before = take_snapshot();
	for (int round = 0; round < 5; round++)
		bear_all_kinds();
	ok(is_unchanged(before), "after births of all kinds the table is what it was");
}

static void bear_on_table(void)
{
	run_in_sandbox(leave_table_alone, NULL);
}

static void leak_nothing_of(int first, int last, int step, const char *what)
{
	struct rlimit limit;
	struct trial trial;
	int opened = 0;

	getrlimit(RLIMIT_NOFILE, &limit);
	for (int fd = first; fd < last; fd += step)
		opened += dup2(2, fd) == fd;
	limit_descriptors(SOFT);
	prepare(&trial, fixture("print_fds"));
	ok(strcmp(capture(&trial), "0\n1\n2\n") == 0, "%s: of %d inheritable descriptors none is left", what, opened);
	setrlimit(RLIMIT_NOFILE, &limit);
	for (int fd = first; fd < last; fd += step)
		close(fd);
}

static void open_many(const void *argument)
{
	int last = allow_descriptors(MANY + 100);

	(void)argument;
	leak_nothing_of(100, last, 1, "one after the other");
	leak_nothing_of(100, last, 7, "with gaps");
	leak_nothing_of(last - 1, last, 1, "a single high one");
}

static void close_many(void)
{
	run_in_sandbox(open_many, NULL);
}

/* Threads that open and close while others are born on the same table. */
#define SPAWNERS 3
#define CHURNERS 2
#define ROUNDS 30

struct worker {
	pthread_t thread;
	int number;
	int wrong;
	int32_t room[4];
	int source;
};

static volatile bool churning;
static char printer[512];

static void churn_once(struct worker *worker)
{
	int fds[3] = {memfd_create("churn", 0), -1, -1};
	struct identity first = identify(fds[0]);

	fds[1] = fcntl(fds[0], F_DUPFD, worker->number % 2 ? 600 : 10);
	fds[2] = fcntl(fds[0], F_DUPFD_CLOEXEC, 0);
	sched_yield();
	for (int index = 0; index < 3; index++) {
		struct identity now = identify(fds[index]);

		worker->wrong += now.inode != first.inode || now.device != first.device;
		worker->wrong += fcntl(fds[index], F_GETFD) != (index == 2 ? FD_CLOEXEC : 0);
		worker->wrong += close(fds[index]) != 0;
	}
}

static void *churn(void *argument)
{
	while (churning)
		churn_once(argument);
	return NULL;
}

static void spawn_among_others(struct worker *worker, int round)
{
	static __thread struct trial trial;
	char output[64];
	ssize_t length = 0;
	ssize_t size;
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0) {
		worker->wrong++;
		return;
	}
	prepare(&trial, printer);
	if (round % 2) {
		trial.request.room = (uintptr_t)worker->room;
		trial.request.room_count = LENGTH(worker->room);
	}
	map(&trial, ends[1], 1);
	map(&trial, worker->source, 9);
	attempt(&trial);
	close(ends[1]);
	while ((size = read(ends[0], output + length, sizeof(output) - 1 - (size_t)length)) > 0)
		length += size;
	output[length] = '\0';
	close(ends[0]);
	worker->wrong += finish(&trial).kind != SUBPROCESS_EXITED || strcmp(output, "0\n1\n2\n9\n") != 0;

	prepare(&trial, round % 3 ? "/nowhere/program" : printer);
	trial.request.working_directory = round % 3 ? 0 : (uintptr_t) "/nowhere";
	map(&trial, worker->source, 9);
	worker->wrong += attempt(&trial) || trial.returned != -ENOENT;
}

static void *spawn_often(void *argument)
{
	for (int round = 0; round < ROUNDS; round++)
		spawn_among_others(argument, round);
	return NULL;
}

static void share_with_threads(const void *argument)
{
	static struct worker workers[SPAWNERS + CHURNERS];
	const int high = allow_descriptors(1000);
	char *before;
	int wrong = 0;

	(void)argument;
	for (int index = 0; index < SPAWNERS + CHURNERS; index++) {
		struct worker *worker = &workers[index];

		worker->number = index;
		worker->source = high + index;
		place_pipe(worker->source);
		for (size_t entry = 0; entry < LENGTH(worker->room); entry++)
			worker->room[entry] = fcntl(worker->source, F_DUPFD_CLOEXEC, 3);
	}
	before = take_snapshot();
	churning = true;
	for (int index = 0; index < SPAWNERS + CHURNERS; index++)
		pthread_create(&workers[index].thread, NULL, index < SPAWNERS ? spawn_often : churn, &workers[index]);
	for (int index = 0; index < SPAWNERS + CHURNERS; index++) {
		if (index == SPAWNERS)
			churning = false;
		pthread_join(workers[index].thread, NULL);
		wrong += workers[index].wrong;
	}
	ok(wrong == 0, "among threads that open and close %d of %d births and of what was opened went wrong", wrong,
	   2 * SPAWNERS * ROUNDS);
	ok(is_unchanged(before), "and the table is what it was");
}

static void share_table_with_threads(void)
{
	snprintf(printer, sizeof(printer), "%s", fixture("print_fds"));
	run_in_sandbox(share_with_threads, NULL);
}

static bool hide_proc(void)
{
	return unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       mount("none", "/proc", "tmpfs", 0, NULL) == 0;
}

static void set_hard_limit(rlim_t count)
{
	const struct rlimit limit = {SOFT, count};

	setrlimit(RLIMIT_NOFILE, &limit);
}

/* Where nothing tells how large the table is, the loop goes to the hard limit, but not for ever. */
static void loop_in_the_dark(const void *argument)
{
	static const struct rule rules[] = {{SYS_close_range, EPERM, ALWAYS}};
	const bool *with_filter = argument;
	struct trial trial;

	if (!hide_proc()) {
		skip("/proc cannot be hidden here", "a loop without /proc");
		return;
	}
	if (allow_descriptors(70000) == 70000) {
		dup2(2, 65535);
		dup2(2, 65536);
		limit_descriptors(SOFT);
		prepare(&trial, fixture("print_fds"));
		trial.request.closing = SUBPROCESS_CLOSING_LOOP;
		add_argument(&trial, "70000");
		ok(strcmp(capture(&trial), "0\n1\n2\n65536\n") == 0, "a loop without /proc ends at 65536");
		close(65535);
		close(65536);
	} else {
		skip("needs a hard limit above 65536", "a loop without /proc ends at 65536");
	}
	allow_descriptors(8000);
	dup2(2, 4999);
	dup2(2, 300);
	set_hard_limit(5000);
	prepare(&trial, fixture("print_fds"));
	trial.request.closing = SUBPROCESS_CLOSING_LOOP;
	add_argument(&trial, "6000");
	ok(strcmp(capture(&trial), "0\n1\n2\n") == 0, "a loop without /proc goes to the hard limit");
	if (!*with_filter)
		return;
	install_rules(rules, LENGTH(rules));
	prepare(&trial, fixture("print_fds"));
	add_argument(&trial, "6000");
	ok(strcmp(capture(&trial), "0\n1\n2\n") == 0 && trial.result.closing == SUBPROCESS_CLOSING_LOOP,
	   "also when it is the last resort");
}

static void live_without_proc(void)
{
	const char *obstacle = find_obstacle(NEEDS_CHROOT);
	const bool with_filter = find_obstacle(NEEDS_SECCOMP) == NULL;

	if (obstacle != NULL)
		skip(obstacle, "a loop without /proc");
	else
		run_in_sandbox(loop_in_the_dark, &with_filter);
}

void test_tables(void)
{
	run_case_in_all_ways("table", bear_on_table);
	run_case_in_all_ways("many descriptors", close_many);
	run_case_in_each_mechanism("threads and tables", share_table_with_threads);
	run_case_in_each_mechanism("no /proc", live_without_proc);
}
