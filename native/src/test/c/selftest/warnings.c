/* SPDX-License-Identifier: Apache-2.0 */
/* Many attributes refused in one birth: what is told of them, and in which order. */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>

#include "harness.h"

#define SOMEBODY 12345

struct expected {
	uint32_t step;
	uint32_t detail;
	int error;
};

static const struct rule rules[] = {
	{SYS_umask, EPERM, ALWAYS},
	{SYS_prctl, EPERM, IF_DEATH_SIGNAL},
	{SYS_prctl, EPERM, IF_NO_NEW_PRIVILEGES},
	{SYS_landlock_create_ruleset, ENOSYS, ALWAYS},
	{SYS_seccomp, EPERM, ALWAYS},
};

static void ask_for_what_is_refused(struct trial *trial)
{
	static const uint64_t no_processor[16] = {[15] = UINT64_C(1) << 63};
	struct subprocess_request *request = &trial->request;

	request->session = SUBPROCESS_SESSION_NEW;
	request->attributes = 2 * (uint32_t)SUBPROCESS_ATTRIBUTE_SECCOMP - 1;
	request->best_effort = request->attributes;
	request->cgroup = open("/dev/null", O_RDONLY | O_CLOEXEC);
	map(trial, request->cgroup, 8);
	request->controlling_terminal = 8;
	/* 16 times, of every resource, and that of the descriptors not last */
	for (uint32_t resource = 0; resource < SUBPROCESS_MAX_LIMITS; resource++)
		add_limit(trial, resource, 2, 1);
	request->nice = -1;
	request->oom_score = -1000;
	request->affinity = (uintptr_t)no_processor;
	request->affinity_size = sizeof(no_processor);
	request->umask = 077;
	request->group_id = SOMEBODY;
	request->user_id = SOMEBODY;
	request->death_signal = 15;
	restrict_files(trial, &run_everything, 1);
	load_filter(trial, &allow_everything, 1);
}

static uint32_t expect_all(struct expected *expected, bool with_autogroup)
{
	uint32_t count = 0;

	/* before birth */
	expected[count++] = (struct expected){SUBPROCESS_STEP_LANDLOCK_RULES, 1, ENOSYS};
	expected[count++] = (struct expected){SUBPROCESS_STEP_TERMINAL, 8, ENOTTY};
	expected[count++] = (struct expected){SUBPROCESS_STEP_CGROUP, 0, ENOTDIR};
	for (uint32_t resource = 0; resource < SUBPROCESS_MAX_LIMITS; resource++) {
		if (resource != RLIMIT_NOFILE)
			expected[count++] = (struct expected){SUBPROCESS_STEP_LIMITS, resource, EINVAL};
	}
	expected[count++] = (struct expected){SUBPROCESS_STEP_NICE, 0, EACCES};
	if (with_autogroup)
		expected[count++] = (struct expected){SUBPROCESS_STEP_AUTOGROUP, 0, EPERM};
	expected[count++] = (struct expected){SUBPROCESS_STEP_OOM_SCORE, 0, EACCES};
	expected[count++] = (struct expected){SUBPROCESS_STEP_AFFINITY, 0, EINVAL};
	expected[count++] = (struct expected){SUBPROCESS_STEP_UMASK, 0, EPERM};
	expected[count++] = (struct expected){SUBPROCESS_STEP_GROUPS, 0, EPERM};
	expected[count++] = (struct expected){SUBPROCESS_STEP_GROUP_ID, SOMEBODY, EPERM};
	expected[count++] = (struct expected){SUBPROCESS_STEP_USER_ID, SOMEBODY, EPERM};
	expected[count++] = (struct expected){SUBPROCESS_STEP_DEATH_SIGNAL, 15, EPERM};
	expected[count++] = (struct expected){SUBPROCESS_STEP_NO_NEW_PRIVILEGES, 0, EPERM};
	/* set when the descriptors have been closed */
	expected[count++] = (struct expected){SUBPROCESS_STEP_LIMITS, RLIMIT_NOFILE, EINVAL};
	expected[count++] = (struct expected){SUBPROCESS_STEP_SECCOMP, 0, EPERM};
	return count;
}

static uint32_t count_right(const struct trial *trial, const struct expected *expected, uint32_t count)
{
	uint32_t right = 0;

	while (right < count &&
	       warned_of(trial, right, expected[right].step, expected[right].detail, expected[right].error))
		right++;
	return right;
}

static void be_refused(const void *argument)
{
	const bool *with_autogroup = argument;
	struct expected expected[SUBPROCESS_MAX_WARNINGS];
	uint32_t count = expect_all(expected, *with_autogroup);
	struct inventory before;
	struct trial trial;

	prepare(&trial, public_fixture("exit_with"));
	ask_for_what_is_refused(&trial);
	become_plain_user();
	install_rules(rules, LENGTH(rules));
	before = take_inventory();
	ok(attempt(&trial) && trial.result.warning_count == count, "%u attributes are refused, all are told", count);
	ok(count_right(&trial, expected, count) == count, "in the order in which they were tried");
	ok(finish(&trial).kind == SUBPROCESS_EXITED, "and the program runs");

	trial.request.working_directory = (uintptr_t) "/nowhere";
	ok(!attempt(&trial) && failed_as(&trial, SUBPROCESS_STEP_CHDIR, 0, ENOENT), "a failure after some is told");
	/* before it came the steps up to the umask */
	ok(trial.result.warning_count == count - 7 && count_right(&trial, expected, count - 7) == count - 7,
	   "and what was refused before it");

	trial.request.working_directory = 0;
	trial.programs[0] = "/nowhere/program";
	ok(!attempt(&trial) && failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT), "a failure after all is told");
	ok(trial.result.warning_count == count && count_right(&trial, expected, count) == count,
	   "and what was refused before it");

	trial.programs[0] = public_fixture("exit_with");
	trial.request.best_effort &= ~(uint32_t)SUBPROCESS_ATTRIBUTE_USER_ID;
	ok(!attempt(&trial) && failed_as(&trial, SUBPROCESS_STEP_USER_ID, SOMEBODY, EPERM),
	   "what cannot be done without is a failure");
	check_nothing_is_left(before);
}

static void refuse_everything(void)
{
	const char *obstacle = find_obstacle(NEEDS_SECCOMP | NEEDS_PLAIN_USER);
	const bool with_autogroup = find_obstacle(NEEDS_AUTOGROUP) == NULL;

	_Static_assert(SUBPROCESS_MAX_LIMITS + 14 <= SUBPROCESS_MAX_WARNINGS, "room for every warning");
	if (obstacle != NULL) {
		skip(obstacle, "everything refused");
		return;
	}
	public_fixture("exit_with");
	run_in_sandbox(be_refused, &with_autogroup);
}

void test_warnings(void)
{
	run_case_in_each_mechanism("warnings", refuse_everything);
}
