/* SPDX-License-Identifier: Apache-2.0 */
/* Old kernels and sandboxes, played by seccomp: the birth takes another road and arrives. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>

#include "harness.h"

#define BEST 5 /* of a shared table, or where there is none the first of the other ways */

struct road {
	const char *name;
	uint32_t mechanism;
	uint32_t mechanism_used;
	uint32_t closing_used;
	struct rule rules[3];
};

static const struct road roads[] = {
	{"everything new", 0, 1, BEST, {{0}}},
	{"clone3 unknown", 0, 1, BEST, {{SYS_clone3, ENOSYS, ALWAYS}}},
	{"clone3 forbidden", 0, 1, BEST, {{SYS_clone3, EPERM, ALWAYS}}},
	{"clone3 too old", 2, 2, 1, {{SYS_clone3, EINVAL, ALWAYS}}},
	{"CLONE_PIDFD unknown",
	 0,
	 1,
	 BEST,
	 {{SYS_clone3, ENOSYS, ALWAYS}, {SYS_clone, EINVAL, IF_BIT(1, CLONE_PIDFD)}}},
	{"CLONE_PIDFD unknown to fork",
	 2,
	 2,
	 1,
	 {{SYS_clone3, ENOSYS, ALWAYS}, {SYS_clone, EINVAL, IF_BIT(1, CLONE_PIDFD)}}},
	{"vfork refused", 0, 2, 1, {{SYS_clone3, EPERM, ALWAYS}, {SYS_clone, EINVAL, IF_BIT(1, CLONE_VFORK)}}},
	{"vfork and close_range refused",
	 0,
	 2,
	 2,
	 {{SYS_clone3, EPERM, ALWAYS}, {SYS_clone, EINVAL, IF_BIT(1, CLONE_VFORK)}, {SYS_close_range, EPERM, ALWAYS}}},
	{"close_range unknown", 0, 1, 2, {{SYS_close_range, ENOSYS, ALWAYS}}},
	{"close_range forbidden", 2, 2, 2, {{SYS_close_range, EPERM, ALWAYS}}},
	{"close_range cannot unshare", 0, 1, 1, {{SYS_close_range, EINVAL, IF_UNSHARES}}},
	{"no memory to unshare", 0, 1, 1, {{SYS_close_range, ENOMEM, IF_UNSHARES}}},
	{"no list of descriptors", 0, 1, 3, {{SYS_close_range, EPERM, ALWAYS}, {SYS_getdents64, EPERM, ALWAYS}}},
	{"no list of descriptors for fork",
	 2,
	 2,
	 3,
	 {{SYS_close_range, EPERM, ALWAYS}, {SYS_getdents64, EPERM, ALWAYS}}},
};

static void ignore(int number)
{
	(void)number;
}

static uint32_t expected_closing(const struct road *road)
{
	if (road->closing_used != BEST)
		return road->closing_used;
	return way.flags & SUBPROCESS_CAN_SHARE_TABLE ? SUBPROCESS_CLOSING_UNSHARE : SUBPROCESS_CLOSING_CLOSE_RANGE;
}

static void take_road(const void *argument)
{
	const uint64_t asked = SIGNAL_BIT(SIGUSR2) | SIGNAL_BIT(SIGPIPE);
	const struct road *road = argument;
	struct inventory before;
	struct trial trial;
	const char *output;
	uint64_t ignored;

	signal(SIGUSR1, ignore);
	signal(SIGUSR2, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	prepare(&trial, fixture("print_surroundings"));
	trial.request.mechanism = road->mechanism;
	trial.request.default_signals = SIGNAL_BIT(SIGPIPE);
	fcntl(2, F_DUPFD, 40);
	fcntl(2, F_DUPFD, 60);
	map(&trial, 0, 50);
	install_rules(road->rules, LENGTH(road->rules));
	before = take_inventory();
	output = capture(&trial);
	ok(trial.result.mechanism == road->mechanism_used && trial.result.closing == expected_closing(road),
	   "%s: mechanism %u, closing %u", road->name, trial.result.mechanism, trial.result.closing);
	ignored = strtoull(told(output, "ignored"), NULL, 16);
	ok((ignored & asked) == SIGNAL_BIT(SIGUSR2), "%s: dispositions are right (%#llx)", road->name,
	   (unsigned long long)ignored);
	ok(is(output, "descriptors", "0 1 2 50"), "%s: descriptors are right", road->name);
	check_nothing_is_left(before);
}

static void refuse_vfork(const void *argument)
{
	static const struct rule rules[] = {{SYS_clone3, EPERM, ALWAYS}, {SYS_clone, EINVAL, IF_BIT(1, CLONE_VFORK)}};
	struct trial trial;
	const char *output;

	(void)argument;
	prepare(&trial, fixture("exit_with"));
	trial.request.mechanism = SUBPROCESS_MECHANISM_VFORK;
	install_filter(rules, LENGTH(rules));
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_BIRTH, 0, EINVAL), "who insists on vfork gets no fork");

	if (!(way.flags & SUBPROCESS_CAN_SHARE_TABLE))
		return;
	prepare(&trial, fixture("print_surroundings"));
	trial.request.mechanism = SUBPROCESS_MECHANISM_AUTO;
	trial.request.closing = SUBPROCESS_CLOSING_UNSHARE;
	fcntl(2, F_DUPFD, 40);
	output = capture(&trial);
	ok(is(output, "descriptors", "0 1 2") && trial.result.mechanism == SUBPROCESS_MECHANISM_FORK &&
		   trial.result.closing == SUBPROCESS_CLOSING_CLOSE_RANGE,
	   "a forked child shares no table, and says so: closing %u", trial.result.closing);
}

static void lack_pidfd(const void *argument)
{
	static const struct rule rules[] = {{SYS_clone3, ENOSYS, ALWAYS},
					    {SYS_clone, EINVAL, IF_BIT(1, CLONE_PIDFD)},
					    {SYS_pidfd_open, EPERM, ALWAYS}};
	struct subprocess_exit exit = {.size = sizeof(exit)};
	struct inventory before;
	struct trial trial;
	int32_t child;

	(void)argument;
	prepare(&trial, fixture("ignore_sigterm"));
	trial.request.flags |= SUBPROCESS_CAN_LACK_PIDFD;
	install_filter(rules, LENGTH(rules));
	before = take_inventory();
	attempt(&trial);
	child = trial.result.pidfd;
	ok(trial.returned == 0 && child == -trial.result.pid, "a child without a pidfd is known by its pid");
	ok(core.wait(child, SUBPROCESS_WAIT_NOHANG, &exit) == 0, "it runs");
	ok(core.signal(child, SIGUSR1) == 0, "it is signalled");
	ok(core.wait(child, SUBPROCESS_WAIT_KEEP, &exit) == 1 && exit.value == SIGUSR1, "its end is seen");
	ok(core.wait(child, 0, &exit) == 1 && exit.kind == SUBPROCESS_SIGNALLED, "it is reaped");
	ok(core.wait(child, 0, &exit) == -ECHILD, "and then is not there any more");
	ok(core.wait(-1, 0, &exit) == -EBADF && core.signal(-1, SIGUSR1) == -EBADF, "-1 stands for no child");
	trial.returned = -ECHILD;
	check_nothing_is_left(before);
}

static void bound_loop(const void *argument)
{
	static const struct rule rules[] = {{SYS_close_range, EPERM, ALWAYS}, {SYS_getdents64, EPERM, ALWAYS}};
	struct trial trial;

	(void)argument;
	prepare(&trial, fixture("print_surroundings"));
	trial.request.close_bound = 45;
	fcntl(2, F_DUPFD, 40);
	fcntl(2, F_DUPFD, 60);
	install_filter(rules, LENGTH(rules));
	ok(is(capture(&trial), "descriptors", "0 1 2 60") && trial.result.closing == SUBPROCESS_CLOSING_LOOP,
	   "a loop that is the last resort ends at the bound that was asked for");
}

static void take_roads(void)
{
	const char *obstacle = find_obstacle(NEEDS_SECCOMP);

	if (obstacle != NULL) {
		skip(obstacle, "fallbacks");
		return;
	}
	for (size_t index = 0; index < LENGTH(roads); index++)
		run_in_sandbox(take_road, &roads[index]);
	run_in_sandbox(refuse_vfork, NULL);
	run_in_sandbox(bound_loop, NULL);
	run_in_sandbox(lack_pidfd, NULL);
}

void test_fallbacks(void)
{
	run_case("fallbacks", take_roads);
	way.flags = 0;
	run_case("fallbacks", take_roads);
	way.flags = capabilities;
}
