/* SPDX-License-Identifier: Apache-2.0 */
/* Another user, another group, other groups: the child's alone, all of it, and for good. */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "harness.h"

#define SOMEBODY 12345
#define SOME_GROUP 23456

static void take_user(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_USER_ID);
	trial->request.user_id = SOMEBODY;
}

static void take_group(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_GROUP_ID);
	trial->request.group_id = SOME_GROUP;
}

static void take_groups(struct trial *trial, const uint32_t *groups, uint32_t count)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_GROUPS);
	trial->request.groups = (uintptr_t)groups;
	trial->request.group_count = count;
}

static void become_somebody(pid_t other_thread)
{
	static const uint32_t groups[] = {1, 3, 70000};
	const char *before = describe_process(other_thread);
	struct trial trial;
	const char *output;

	prepare(&trial, public_fixture("print_surroundings"));
	add_argument(&trial, "regain");
	take_groups(&trial, groups, LENGTH(groups));
	take_group(&trial);
	take_user(&trial);
	output = capture(&trial);
	ok(is(output, "users", "12345 12345 12345"), "the user: real, effective and saved");
	ok(is(output, "groups_of_process", "23456 23456 23456"), "the group too");
	ok(is(output, "groups", "1 3 70000"), "and the list of groups");
	ok(is(output, "regained", "0"), "root is not to be regained");
	ok(strcmp(before, describe_process(other_thread)) == 0, "this process and its threads are who they were");
}

static void fail_as_somebody(pid_t other_thread)
{
	const char *before = describe_process(other_thread);
	struct trial trial;

	prepare(&trial, "/nowhere/program");
	take_groups(&trial, NULL, 0);
	take_group(&trial);
	take_user(&trial);
	ok(!attempt(&trial) && failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT), "a birth that fails afterwards");
	ok(strcmp(before, describe_process(other_thread)) == 0, "leaves this process as it was");

	before = describe_process(other_thread);
	prepare(&trial, "/nowhere/program");
	take_group(&trial);
	attempt(&trial);
	ok(strcmp(before, describe_process(other_thread)) == 0, "so does one of another group alone");
}

static void change_some(void)
{
	struct trial trial;
	const char *output;
	char expected[64];

	prepare(&trial, public_fixture("print_surroundings"));
	take_user(&trial);
	output = capture(&trial);
	snprintf(expected, sizeof(expected), "%u %u %u", getegid(), getegid(), getegid());
	ok(is(output, "users", "12345 12345 12345") && is(output, "groups_of_process", expected),
	   "the user alone changes the user alone");

	prepare(&trial, public_fixture("print_surroundings"));
	take_group(&trial);
	output = capture(&trial);
	snprintf(expected, sizeof(expected), "%u %u %u", geteuid(), geteuid(), geteuid());
	ok(is(output, "users", expected) && is(output, "groups_of_process", "23456 23456 23456"),
	   "the group alone the group alone");
}

static void change_groups(const void *argument)
{
	static uint32_t many[SUBPROCESS_MAX_GROUPS];
	const gid_t own[] = {7, 8};
	struct trial trial;
	const char *output;

	(void)argument;
	setgroups(LENGTH(own), own);
	prepare(&trial, public_fixture("print_surroundings"));
	take_user(&trial);
	output = capture(&trial);
	ok(is(output, "groups", "7 8"), "groups that are not asked for are left alone");

	prepare(&trial, public_fixture("print_surroundings"));
	take_groups(&trial, NULL, 0);
	take_user(&trial);
	output = capture(&trial);
	ok(is(output, "group_count", "0") && is(output, "groups", ""), "an empty list leaves none");

	for (uint32_t index = 0; index < LENGTH(many); index++)
		many[index] = index;
	prepare(&trial, public_fixture("print_surroundings"));
	take_groups(&trial, many, LENGTH(many));
	output = capture(&trial);
	ok(is(output, "group_count", "65536"), "as many as the kernel takes");
	ok(getgroups(0, NULL) == 2, "this process has its own");
	ok(prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0, "and what could not be traced before can not be now");
}

/* The mark that the kernel puts on the shared memory does not outlive a child that was killed. */
static void be_killed_as_somebody(const void *argument)
{
	static const struct rule rules[] = {{SYS_prctl, KILL, IF_NO_NEW_PRIVILEGES}};
	struct trial trial;

	(void)argument;
	prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
	prepare(&trial, public_fixture("exit_with"));
	take_user(&trial);
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES);
	install_rules(rules, LENGTH(rules));
	attempt(&trial);
	ok(trial.returned == -ECHILD && trial.result.detail == SUBPROCESS_STEP_NO_NEW_PRIVILEGES &&
		   prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 1,
	   "this process can be traced again after a child was killed");
}

static void change_credentials(void)
{
	const char *obstacle = find_obstacle(NEEDS_OTHER_USERS);

	if (obstacle != NULL) {
		skip(obstacle, "credentials");
		return;
	}
	public_fixture("print_surroundings");
	public_fixture("exit_with");
	run_beside_a_thread(become_somebody);
	run_beside_a_thread(fail_as_somebody);
	change_some();
	run_in_sandbox(change_groups, NULL);
	obstacle = find_obstacle(NEEDS_SECCOMP);
	if (obstacle != NULL)
		skip(obstacle, "killed as somebody");
	else
		run_in_sandbox(be_killed_as_somebody, NULL);
}

void test_credentials(void)
{
	run_case_in_each_mechanism("credentials", change_credentials);
}
