/* SPDX-License-Identifier: Apache-2.0 */
/* What a program was given, as it sees it, and that its parent has been given none of it. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "harness.h"

/* The first processor that this process may use; -1: more than a word of them. */
static int first_processor(void)
{
	cpu_set_t processors;

	CPU_ZERO(&processors);
	sched_getaffinity(0, sizeof(processors), &processors);
	for (int index = 0; index < 64; index++) {
		if (CPU_ISSET(index, &processors))
			return index;
	}
	return -1;
}

static int own_score(void)
{
	FILE *file = fopen("/proc/self/oom_score_adj", "re");
	int score = 0;

	if (file != NULL && fscanf(file, "%d", &score) != 1)
		score = 0;
	if (file != NULL)
		fclose(file);
	return score;
}

static void give_everything(pid_t other_thread)
{
	const int nice_before = getpriority(PRIO_PROCESS, 0);
	const int nice = nice_before < 15 ? nice_before + 4 : 19;
	const int score = own_score() < 900 ? own_score() + 77 : 1000;
	const int processor = first_processor();
	const uint64_t affinity[2] = {processor >= 0 ? UINT64_C(1) << processor : 0, 0};
	const char *before = describe_process(other_thread);
	struct subprocess_request *request;
	struct trial trial;
	const char *output;

	prepare(&trial, fixture("print_surroundings"));
	request = &trial.request;
	request->session = SUBPROCESS_SESSION_NEW;
	request->working_directory = (uintptr_t) "/";
	add_limit(&trial, RLIMIT_NOFILE, 40, 60);
	add_limit(&trial, RLIMIT_CORE, 0, 0);
	add_limit(&trial, RLIMIT_CPU, 1000, 2000);
	add_limit(&trial, RLIMIT_FSIZE, 12345, 123456789);
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_NICE | SUBPROCESS_ATTRIBUTE_OOM_SCORE | SUBPROCESS_ATTRIBUTE_UMASK |
				SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL | SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES);
	request->nice = nice;
	request->oom_score = score;
	request->umask = 027;
	request->death_signal = SIGTERM;
	if (processor >= 0) {
		ask_for(&trial, SUBPROCESS_ATTRIBUTE_AFFINITY);
		request->affinity = (uintptr_t)affinity;
		request->affinity_size = sizeof(affinity);
	}
	output = capture(&trial);
	ok(trial.result.warning_count == 0 && is_number(output, "pid", trial.result.pid), "it runs without a warning");
	ok(is_number(output, "sid", trial.result.pid) && is_number(output, "pgid", trial.result.pid) &&
		   is(output, "terminal", "0"),
	   "a session of its own, without a terminal");
	ok(is(output, "cwd", "/"), "the working directory");
	if (memory_is_shared)
		ok(is(output, "limit.7", "40 60") && is(output, "limit.4", "0 0") &&
			   is(output, "limit.0", "1000 2000") && is(output, "limit.1", "12345 123456789"),
		   "limits");
	else
		skip("emulators keep limits to themselves", "limits");
	ok(is_number(output, "nice", nice), "a nice value");
	ok(is_number(output, "oom_score", score), "a score");
	ok(is(output, "umask", "027"), "a umask");
	ok(processor < 0 || is_number(output, "processors", processor), "one processor");
	ok(is_number(output, "death_signal", SIGTERM), "a death signal");
	ok(is(output, "no_new_privileges", "1"), "no new privileges");
	ok(is(output, "descriptors", "0 1 2"), "no descriptors more");
	ok(strtoull(told(output, "blocked"), NULL, 16) == 0, "no blocked signals");
	ok(strcmp(before, describe_process(other_thread)) == 0, "and this process and its threads have none of it");
}

static void give_nothing(void)
{
	struct trial trial;
	const char *output;
	struct rlimit core_limit;
	char expected[64];

	prepare(&trial, fixture("print_surroundings"));
	output = capture(&trial);
	getrlimit(RLIMIT_CORE, &core_limit);
	snprintf(expected, sizeof(expected), "%lld %lld", (long long)core_limit.rlim_cur,
		 (long long)core_limit.rlim_max);
	ok(is_number(output, "sid", getsid(0)) && is_number(output, "pgid", getpgrp()) &&
		   is_number(output, "nice", getpriority(PRIO_PROCESS, 0)) && is(output, "umask", "022") &&
		   is(output, "death_signal", "0") && is(output, "limit.4", expected) &&
		   is_number(output, "no_new_privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)),
	   "what is not asked for is what it was");
}

static void give_attributes(void)
{
	run_beside_a_thread(give_everything);
	give_nothing();
}

static bool is_autogroup_of(const char *autogroup, int nice)
{
	const char *place = strstr(autogroup, " nice ");

	return place != NULL && atoi(place + 6) == nice;
}

/* sched(7): a user without privileges may ask ten times a second, all users together. */
static void weigh_session(void)
{
	const char *obstacle = find_obstacle(NEEDS_AUTOGROUP);
	struct trial trial;
	const char *output;

	if (obstacle != NULL) {
		skip(obstacle, "autogroup");
		return;
	}
	prepare(&trial, fixture("print_surroundings"));
	trial.request.session = SUBPROCESS_SESSION_NEW;
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_NICE | SUBPROCESS_ATTRIBUTE_AUTOGROUP);
	trial.request.best_effort = SUBPROCESS_ATTRIBUTE_AUTOGROUP;
	trial.request.nice = 19;
	output = capture(&trial);
	if (trial.result.warning_count == 1 && trial.result.warnings[0].error == EAGAIN)
		skip("asked for too often", "autogroup");
	else
		ok(trial.result.warning_count == 0 && is_autogroup_of(told(output, "autogroup"), 19) &&
			   is(output, "nice", "19"),
		   "the session counts for as much as its process: %s", told(output, "autogroup"));
}

/* A number below what is open: the limit comes when all has been placed and closed. */
static void leave_three_descriptors(const void *argument)
{
	struct trial trial;
	const char *output;

	(void)argument;
	dup2(2, 30);
	/* a free one among the three is what the loader of the program needs */
	close(0);
	prepare(&trial, fixture("print_surroundings"));
	add_limit(&trial, RLIMIT_NOFILE, 3, 3);
	map(&trial, 30, 40);
	output = capture(&trial);
	ok(is(output, "limit.7", "3 3") && is(output, "descriptors", "1 2 40"), "a limit of 3 descriptors");
}

static void limit_to_three(void)
{
	if (memory_is_shared)
		run_in_sandbox(leave_three_descriptors, NULL);
	else
		skip("emulators keep limits to themselves", "a limit of 3 descriptors");
}

static bool blocks(int fd)
{
	return (fcntl(fd, F_GETFL) & O_NONBLOCK) == 0;
}

static void make_streams_block(const void *argument)
{
	struct trial trial;
	const char *output;
	int in[2];
	int error[2];
	int own[2];

	(void)argument;
	if (pipe2(in, O_NONBLOCK | O_CLOEXEC) != 0 || pipe2(error, O_NONBLOCK | O_CLOEXEC) != 0 ||
	    pipe2(own, O_NONBLOCK | O_CLOEXEC) != 0)
		_exit(1);
	dup2(in[0], 0);
	dup2(error[1], 2);
	prepare(&trial, fixture("print_surroundings"));
	map(&trial, own[1], 9);
	output = capture(&trial);
	ok(is(output, "descriptors", "0 1 2 9n") && blocks(0) && blocks(2) && !blocks(own[1]),
	   "inherited streams block, what is mapped is left as it is: %s", told(output, "descriptors"));

	fcntl(0, F_SETFL, O_NONBLOCK);
	fcntl(2, F_SETFL, O_NONBLOCK);
	prepare(&trial, fixture("print_surroundings"));
	map(&trial, own[0], 0);
	map(&trial, 0, 2);
	output = capture(&trial);
	ok(is(output, "descriptors", "0n 1 2") && blocks(0) && !blocks(2) && !blocks(own[0]),
	   "a stream inherited as another blocks, one that replaces it does not: %s", told(output, "descriptors"));
}

static void block_streams(void)
{
	run_in_sandbox(make_streams_block, NULL);
}

static void control_terminal(const void *argument)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	struct trial trial;
	const char *output;
	char name[64];
	int slave;

	(void)argument;
	if (unlockpt(master) != 0 || ptsname_r(master, name, sizeof(name)) != 0)
		_exit(1);
	slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	prepare(&trial, fixture("print_surroundings"));
	trial.request.session = SUBPROCESS_SESSION_NEW;
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_TERMINAL);
	map(&trial, slave, 0);
	map(&trial, slave, 2);
	output = capture(&trial);
	ok(atoi(told(output, "terminal")) != 0 && is_number(output, "sid", trial.result.pid) &&
		   is_number(output, "foreground", trial.result.pid),
	   "a terminal controls the session, whose group is in its foreground");

	prepare(&trial, fixture("print_surroundings"));
	trial.request.session = SUBPROCESS_SESSION_NEW;
	trial.request.controlling_terminal = 20;
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_TERMINAL);
	map(&trial, slave, 20);
	output = capture(&trial);
	ok(atoi(told(output, "terminal")) != 0 && is(output, "descriptors", "0 1 2 20"),
	   "it need not be a standard stream");

	prepare(&trial, fixture("print_surroundings"));
	trial.request.session = SUBPROCESS_SESSION_NEW;
	map(&trial, slave, 0);
	output = capture(&trial);
	ok(is(output, "terminal", "0"), "and is none that was not asked for");
	ok(ioctl(slave, TIOCNOTTY) != 0, "this process has none either");
}

static void control_terminals(void)
{
	const char *obstacle = find_obstacle(NEEDS_TERMINAL);

	if (obstacle != NULL)
		skip(obstacle, "terminal");
	else
		run_in_sandbox(control_terminal, NULL);
}

void test_attributes(void)
{
	run_case_in_all_ways("attributes", give_attributes);
	run_case_in_each_mechanism("autogroup", weigh_session);
	run_case_in_all_ways("limit of 3", limit_to_three);
	run_case_in_each_mechanism("blocking", block_streams);
	run_case_in_each_mechanism("terminal", control_terminals);
}
