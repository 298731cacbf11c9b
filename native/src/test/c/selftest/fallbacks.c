/* SPDX-License-Identifier: Apache-2.0 */
/* Old kernels and sandboxes, played by seccomp: the birth takes another road and arrives. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "harness.h"

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif

struct road {
	const char *name;
	uint32_t mechanism;
	uint32_t mechanism_used;
	uint32_t closing_used;
	struct rule rules[3];
};

static const struct road roads[] = {
	{"everything new", 0, 1, 1, {{0}}},
	{"clone3 unknown", 0, 1, 1, {{SYS_clone3, ENOSYS, 0}}},
	{"clone3 forbidden", 0, 1, 1, {{SYS_clone3, EPERM, 0}}},
	{"clone3 too old", 2, 2, 1, {{SYS_clone3, EINVAL, 0}}},
	{"CLONE_PIDFD unknown", 0, 1, 1, {{SYS_clone3, ENOSYS, 0}, {SYS_clone, EINVAL, CLONE_PIDFD}}},
	{"CLONE_PIDFD unknown to fork", 2, 2, 1, {{SYS_clone3, ENOSYS, 0}, {SYS_clone, EINVAL, CLONE_PIDFD}}},
	{"vfork refused", 0, 2, 1, {{SYS_clone3, EPERM, 0}, {SYS_clone, EINVAL, CLONE_VFORK}}},
	{"close_range unknown", 0, 1, 2, {{SYS_close_range, ENOSYS, 0}}},
	{"close_range forbidden", 2, 2, 2, {{SYS_close_range, EPERM, 0}}},
	{"no list of descriptors", 0, 1, 3, {{SYS_close_range, EPERM, 0}, {SYS_getdents64, EPERM, 0}}},
};

static size_t rules_of(const struct road *road)
{
	size_t count = 0;

	while (count < LENGTH(road->rules) && road->rules[count].error != 0)
		count++;
	return count;
}

static void ignore(int number)
{
	(void)number;
}

static void take_road(const void *argument)
{
	const struct road *road = argument;
	struct trial trial;
	int before;

	signal(SIGUSR1, ignore);
	signal(SIGUSR2, SIG_IGN);
	signal(SIGPIPE, SIG_IGN);
	prepare(&trial, fixture("print_ids"));
	trial.request.mechanism = road->mechanism;
	trial.request.default_signals = UINT64_C(1) << (SIGPIPE - 1);
	install_filter(road->rules, rules_of(road));
	before = count_descriptors();
	{
		const char *output = capture(&trial);
		const char *ignored = strstr(output, "ignored ");
		uint64_t mask = ignored != NULL ? strtoull(ignored + 8, NULL, 16) : 0;
		uint64_t asked = UINT64_C(1) << (SIGUSR2 - 1) | UINT64_C(1) << (SIGPIPE - 1);

		ok(trial.result.mechanism == road->mechanism_used && trial.result.closing == road->closing_used &&
			   strstr(output, "pid ") == output,
		   "%s: mechanism %u, closing %u", road->name, trial.result.mechanism, trial.result.closing);
		ok((mask & asked) == UINT64_C(1) << (SIGUSR2 - 1), "%s: dispositions are right (%#llx)", road->name,
		   (unsigned long long)mask);
	}
	check_nothing_is_left(before);
}

static void refuse_vfork(const void *argument)
{
	static const struct rule rules[] = {{SYS_clone3, EPERM, 0}, {SYS_clone, EINVAL, CLONE_VFORK}};
	struct trial trial;

	(void)argument;
	prepare(&trial, fixture("exit_with"));
	trial.request.mechanism = SUBPROCESS_MECHANISM_VFORK;
	install_filter(rules, LENGTH(rules));
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_BIRTH, 0, EINVAL), "who insists on vfork gets no fork");
}

static void take_roads(void)
{
	if (refuses_seccomp()) {
		skip("no seccomp here", "fallbacks");
		return;
	}
	for (size_t index = 0; index < LENGTH(roads); index++)
		run_in_sandbox(take_road, &roads[index]);
	run_in_sandbox(refuse_vfork, NULL);
}

void test_fallbacks(void)
{
	run_case("fallbacks", take_roads);
}
