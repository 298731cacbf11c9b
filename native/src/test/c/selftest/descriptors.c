/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The exact descriptors of a program, by number and by what they are. The
 * program stops itself, and the kernel's list of its descriptors is read.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

#define MANY 500

static void map_them(void)
{
	static const struct subprocess_descriptor swap[] = {{10, 11}, {11, 10}};
	static const struct subprocess_descriptor swaps[] = {{10, 11}, {12, 13}, {13, 12}, {11, 10}};
	static const struct subprocess_descriptor same[] = {{10, 10}, {13, 13}, {0, 0}};
	static const struct subprocess_descriptor high[] = {{10, 900}, {0, 11}, {20, 3}, {11, 20}};
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
		{"two swaps, one inside the other", swaps, LENGTH(swaps), 3},
		{"same numbers", same, LENGTH(same), 2},
		{"far above and far below", high, LENGTH(high), 3},
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
	prepare(&trial, fixture("kill_self"));
	map(&trial, 100 + MANY - 1, 50);
	expect(&trial, 3, "the last of them as a source");
	for (int fd = 100; fd < 100 + MANY; fd++)
		close(fd);
}

/* The results are printed to stdout again at the end. */
static void close_standard_streams(const void *argument)
{
	struct trial trial;
	int out = fcntl(1, F_DUPFD_CLOEXEC, 100);
	struct identity sources[3];
	bool right = false;

	(void)argument;
	for (int fd = 0; fd <= 2; fd++)
		close(fd);
	prepare(&trial, fixture("kill_self"));
	add_argument(&trial, "19");
	if (attempt(&trial)) {
		wait_for_stop(trial.result.pid);
		right = has_targets(&trial, NULL, 0);
		kill_trial(&trial);
	}
	dup2(out, 1);
	ok(right, "closed standard streams stay closed");
	close(1);

	for (int fd = 0; fd <= 2; fd++) {
		place_file(fd);
		sources[fd] = identify(fd);
	}
	dup2(out, 3);
	prepare(&trial, fixture("kill_self"));
	map(&trial, 0, 1);
	map(&trial, 1, 2);
	map(&trial, 2, 0);
	add_argument(&trial, "19");
	right = false;
	if (attempt(&trial)) {
		wait_for_stop(trial.result.pid);
		right = has_targets(&trial, sources, 0);
		kill_trial(&trial);
	}
	dup2(out, 1);
	ok(right, "close-on-exec sources on 0 to 2 reach each other's numbers");
}

/* Nobody in the child meets what the parent keeps of the error pipe. */
static void start_without_input(const void *argument)
{
	static const struct rule rules[] = {{SYS_fcntl, EPERM, IF_EQUAL_AND_EQUAL(2, F_SETFL, 3, 0)}};
	struct trial trial;

	(void)argument;
	close(0);
	prepare(&trial, fixture("exit_with"));
	install_filter(rules, LENGTH(rules));
	attempt(&trial);
	ok(finish(&trial).kind == SUBPROCESS_EXITED, "a closed stdin does not let the child change the error pipe");
}

/* One end of the error pipe is closed again by the time that the child has been named. */
static void leave_two(const void *argument)
{
	struct trial trial;

	(void)argument;
	prepare(&trial, fixture("kill_self"));
	limit_descriptors((uint64_t)lowest_free() + 2);
	add_argument(&trial, "9");
	attempt(&trial);
	ok(finish(&trial).kind == SUBPROCESS_SIGNALLED, "two descriptors are enough");
}

static void start_with_few(void)
{
	run_in_sandbox(leave_two, NULL);
}

static void run_without_streams(void)
{
	run_in_sandbox(close_standard_streams, NULL);
	if (find_obstacle(NEEDS_SECCOMP) != NULL)
		skip(find_obstacle(NEEDS_SECCOMP), "closed stdin");
	else
		run_in_sandbox(start_without_input, NULL);
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
	run_case_in_all_ways("few descriptors left", start_with_few);
	run_case("bounds", bound_the_loop);
}
