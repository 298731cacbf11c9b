/* SPDX-License-Identifier: Apache-2.0 */
/* Session, group, directory, environment, signals. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "harness.h"

static long long value_of(const char *output, const char *name, int base)
{
	char line[64];
	const char *place;

	snprintf(line, sizeof(line), "\n%s ", name);
	if (strncmp(output, line + 1, strlen(line + 1)) == 0)
		return (long long)strtoull(output + strlen(line + 1), NULL, base);
	place = strstr(output, line);
	return place != NULL ? (long long)strtoull(place + strlen(line), NULL, base) : -1;
}

static void inherit_sessions(void)
{
	struct trial trial;
	struct trial leader;
	const char *output;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	prepare(&trial, fixture("print_ids"));
	output = capture(&trial);
	ok(value_of(output, "pgid", 10) == getpgrp() && value_of(output, "sid", 10) == getsid(0) &&
		   value_of(output, "pid", 10) == trial.result.pid && value_of(output, "ppid", 10) == getpid(),
	   "group and session are inherited");

	prepare(&trial, fixture("print_ids"));
	trial.request.session = SUBPROCESS_SESSION_NEW;
	output = capture(&trial);
	ok(value_of(output, "pgid", 10) == trial.result.pid && value_of(output, "sid", 10) == trial.result.pid,
	   "a session of its own");

	prepare(&trial, fixture("print_ids"));
	trial.request.session = SUBPROCESS_SESSION_PROCESS_GROUP;
	output = capture(&trial);
	ok(value_of(output, "pgid", 10) == trial.result.pid && value_of(output, "sid", 10) == getsid(0),
	   "a group of its own");

	prepare(&leader, fixture("ignore_sigterm"));
	leader.request.session = SUBPROCESS_SESSION_PROCESS_GROUP;
	map(&leader, null, 1);
	attempt(&leader);
	close(null);
	prepare(&trial, fixture("print_ids"));
	trial.request.session = SUBPROCESS_SESSION_PROCESS_GROUP;
	trial.request.process_group = leader.result.pid;
	output = capture(&trial);
	ok(value_of(output, "pgid", 10) == leader.result.pid, "the group of another child");
	kill_trial(&leader);
}

static void change_directories(void)
{
	static char folder[PATH_MAX];
	struct trial trial;
	char expected[PATH_MAX + 8];

	snprintf(folder, sizeof(folder), "%s", fixture("."));
	folder[strlen(folder) - 2] = '\0';
	snprintf(expected, sizeof(expected), "cwd %s\n", folder);
	prepare(&trial, "./print_ids");
	trial.request.working_directory = (uintptr_t)folder;
	ok(strstr(capture(&trial), expected) != NULL, "a relative program is looked for in the new directory");
	prepare(&trial, "./print_ids");
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT), "and not in the old one");
}

static void pass_strings(void)
{
	static const char *const environment[] = {"A=1", "EMPTY=", "no equals sign", "A=2", NULL};
	static const char *const nothing[] = {NULL};
	struct trial trial;

	prepare(&trial, fixture("print_env"));
	trial.request.envp = (uintptr_t)environment;
	ok(strcmp(capture(&trial), "A=1\nEMPTY=\nno equals sign\nA=2\n") == 0, "the environment is passed as it is");
	prepare(&trial, fixture("print_env"));
	trial.request.envp = (uintptr_t)nothing;
	ok(strcmp(capture(&trial), "") == 0, "an empty environment is empty");
	prepare(&trial, fixture("echo_args"));
	add_argument(&trial, "one");
	add_argument(&trial, "");
	add_argument(&trial, "$HOME * \"'");
	ok(strcmp(capture(&trial), "one\n\n$HOME * \"'\n") == 0, "arguments are passed as they are");
}

static volatile int *strays;
static pid_t parent;

static void count_strays(int number)
{
	(void)number;
	if (syscall(SYS_getpid) != parent)
		++*strays;
}

static void inherit_signals(void)
{
	/* qemu numbers real-time signals anew */
	const int last = memory_is_shared ? 64 : SIGTERM;
	const uint64_t before = core.ignored_signals();
	uint64_t mine = SIGNAL_BIT(SIGHUP) | SIGNAL_BIT(SIGPIPE) | SIGNAL_BIT(last);
	uint64_t mask_before = 0;
	uint64_t mask_after = 0;
	struct trial trial;
	const char *output;
	sigset_t blocked;
	sigset_t old;

	signal(SIGHUP, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	signal(last, SIG_IGN);
	signal(SIGUSR1, count_strays);
	sigfillset(&blocked);
	sigprocmask(SIG_BLOCK, &blocked, &old);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask_before, 8);
	ok(core.ignored_signals() == (before | mine), "ignored signals are told");

	prepare(&trial, fixture("print_ids"));
	trial.request.default_signals = SIGNAL_BIT(SIGPIPE) | SIGNAL_BIT(SIGKILL);
	output = capture(&trial);
	ok((value_of(output, "ignored", 16) & (long long)mine) == (long long)(mine & ~SIGNAL_BIT(SIGPIPE)),
	   "the ignored stay ignored, the asked for are default, the handled too");
	ok(value_of(output, "blocked", 16) == 0, "nothing is blocked in the program");
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask_after, 8);
	ok(mask_before == mask_after, "the caller's mask is what it was");

	prepare(&trial, "/nowhere/program");
	attempt(&trial);
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &mask_after, 8);
	ok(mask_before == mask_after, "after a failure too");

	signal(SIGHUP, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	signal(last, SIG_DFL);
	signal(SIGUSR1, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
}

static void weather_signals(void)
{
	struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1};
	struct itimerspec rhythm = {.it_interval.tv_nsec = 50000, .it_value.tv_nsec = 50000};
	struct trial trial;
	timer_t timer;
	int right = 0;

	strays = mmap(NULL, sizeof(*strays), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	parent = getpid();
	signal(SIGUSR1, count_strays);
	if (timer_create(CLOCK_MONOTONIC, &event, &timer) != 0) {
		skip("no timer here", "a storm of signals");
		return;
	}
	timer_settime(timer, 0, &rhythm, NULL);
	for (int round = 0; round < 50; round++) {
		prepare(&trial, fixture("exit_with"));
		attempt(&trial);
		right += finish(&trial).kind == SUBPROCESS_EXITED;
	}
	timer_delete(timer);
	signal(SIGUSR1, SIG_DFL);
	ok(right == 50 && *strays == 0, "in a storm of signals %d of 50 run, %d handlers ran in a child", right,
	   *strays);
	munmap((void *)strays, sizeof(*strays));
}

static volatile bool storm_is_over;

static void *signal_group_of_mine(void *argument)
{
	const struct timespec pause = {.tv_nsec = 20000};

	(void)argument;
	while (!storm_is_over) {
		kill(0, SIGUSR1);
		nanosleep(&pause, NULL);
	}
	return NULL;
}

/*
 * Signals that reach the child too, whose handlers the kernel has not cleared:
 * it may be killed by them at any time after its mask is empty, but no handler
 * may run in it.
 */
static void signal_the_unborn(const void *argument)
{
	static const struct rule rules[] = {{SYS_clone3, ENOSYS, ALWAYS}};
	struct trial trial;
	pthread_t thread;
	int strange = 0;
	int lost = 0;

	(void)argument;
	setpgid(0, 0);
	parent = getpid();
	signal(SIGUSR1, count_strays);
	install_filter(rules, LENGTH(rules));
	storm_is_over = false;
	pthread_create(&thread, NULL, signal_group_of_mine, NULL);
	for (int round = 0; round < 150; round++) {
		struct subprocess_exit exit;

		prepare(&trial, fixture("exit_with"));
		attempt(&trial);
		if (trial.returned == -ECHILD) {
			lost++;
			strange += trial.result.step != SUBPROCESS_STEP_LOST || trial.result.signal != SIGUSR1 ||
				   trial.result.detail != SUBPROCESS_STEP_SIGNAL_MASK;
			continue;
		}
		exit = finish(&trial);
		strange += exit.kind != SUBPROCESS_EXITED && exit.value != SIGUSR1;
	}
	storm_is_over = true;
	pthread_join(thread, NULL);
	ok(*strays == 0 && strange == 0, "signals to the group: %d handlers ran in a child, %d of 150 lost, %d strange",
	   *strays, lost, strange);
}

static void strike_children(void)
{
	const char *obstacle = find_obstacle(NEEDS_SECCOMP);

	if (obstacle != NULL) {
		skip(obstacle, "signals to the group");
		return;
	}
	strays = mmap(NULL, sizeof(*strays), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	run_in_sandbox(signal_the_unborn, NULL);
	munmap((void *)strays, sizeof(*strays));
}

void test_surroundings(void)
{
	run_case_in_all_ways("sessions", inherit_sessions);
	run_case_in_all_ways("directories", change_directories);
	run_case_in_all_ways("strings", pass_strings);
	run_case_in_all_ways("signals", inherit_signals);
	run_case_in_each_mechanism("storm", weather_signals);
	run_case_in_each_mechanism("strike", strike_children);
}
