/* SPDX-License-Identifier: Apache-2.0 */
/* What Landlock and seccomp take from a program, and that they take it from nobody else. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness.h"

#define MAY_EXECUTE 1
#define MAY_WRITE 2
#define MAY_READ 4
#define MAY_MAKE_FILES (1 << 8)
#define ALL_OF_THEM (MAY_EXECUTE | MAY_WRITE | MAY_READ)

#define LOAD_WORD 0x20
#define JUMP_IF_EQUAL 0x15
#define RETURN 0x06
#define ALLOW 0x7fff0000
#define REFUSE 0x00050000

const struct subprocess_rule run_everything = {.path = (uintptr_t) "/", .access = MAY_EXECUTE | MAY_READ};
const struct subprocess_instruction allow_everything = {.code = RETURN, .operand = ALLOW};

void restrict_files(struct trial *trial, const struct subprocess_rule *rules, uint32_t count)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_LANDLOCK | SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES);
	trial->request.handled_files = ALL_OF_THEM | MAY_MAKE_FILES;
	trial->request.rules = (uintptr_t)rules;
	trial->request.rule_count = count;
}

void load_filter(struct trial *trial, const struct subprocess_instruction *filter, uint32_t length)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_SECCOMP | SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES);
	trial->request.filter = (uintptr_t)filter;
	trial->request.filter_length = length;
}

static void prepare_attempts(struct trial *trial)
{
	prepare(trial, fixture("converter"));
	add_argument(trial, "-");
	add_argument(trial, "-");
}

/* A number that the rules would have in the child: they are the first that is opened. */
static void map_onto_rules(struct trial *trial)
{
	const int32_t first = lowest_free();

	for (int32_t target = first; target < first + 4; target++)
		map(trial, 0, target);
}

static void write_nothing(void)
{
	char attempt_to_write[512];
	char expected[600];
	struct trial trial;
	const char *output;

	snprintf(attempt_to_write, sizeof(attempt_to_write), "write:%s", in_scratch("written"));
	snprintf(expected, sizeof(expected), "read:/etc/passwd=0\n%s=%d\n", attempt_to_write, EACCES);
	for (int crowded = 0; crowded < 2; crowded++) {
		prepare_attempts(&trial);
		add_argument(&trial, "read:/etc/passwd");
		add_argument(&trial, attempt_to_write);
		restrict_files(&trial, &run_everything, 1);
		if (crowded)
			map_onto_rules(&trial);
		output = capture(&trial);
		ok(strcmp(output, expected) == 0, "a program may read and not write%s", crowded ? ", on crowded numbers" : "");
	}
	ok(access(in_scratch("written"), F_OK) != 0, "nothing was written");
}

static void read_one_folder(void)
{
	const struct subprocess_rule rules[] = {
		{.path = (uintptr_t) "/usr", .access = MAY_EXECUTE | MAY_READ},
		{.path = (uintptr_t) "/lib", .access = MAY_EXECUTE | MAY_READ, .flags = SUBPROCESS_RULE_OPTIONAL},
		{.path = (uintptr_t) "/lib64", .access = MAY_EXECUTE | MAY_READ, .flags = SUBPROCESS_RULE_OPTIONAL},
		{.path = (uintptr_t) "/no/such/folder", .access = MAY_READ, .flags = SUBPROCESS_RULE_OPTIONAL},
		{.path = (uintptr_t) "/etc/passwd", .access = ALL_OF_THEM | 8 /* to list a folder */},
		{.path = (uintptr_t)fixture("converter"), .access = MAY_EXECUTE | MAY_READ},
	};
	struct trial trial;
	const char *output;
	char expected[128];

	prepare_attempts(&trial);
	add_argument(&trial, "read:/etc/passwd");
	add_argument(&trial, "read:/etc/group");
	restrict_files(&trial, rules, LENGTH(rules));
	trial.request.handled_files |= 8;
	output = capture(&trial);
	snprintf(expected, sizeof(expected), "read:/etc/passwd=0\nread:/etc/group=%d\n", EACCES);
	ok(strcmp(output, expected) == 0, "a file may be read, and its neighbour not");
}

static void keep_descriptors_from_program(void)
{
	struct trial trial;

	prepare(&trial, fixture("kill_self"));
	restrict_files(&trial, &run_everything, 1);
	load_filter(&trial, &allow_everything, 1);
	expect(&trial, 3, "a program in a sandbox");
}

static void start_nothing_forbidden(void)
{
	const struct subprocess_rule only_this = {.path = (uintptr_t) "/etc/passwd", .access = MAY_READ};
	struct trial trial;

	prepare(&trial, fixture("exit_with"));
	restrict_files(&trial, &only_this, 1);
	ok(!attempt(&trial) && failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, EACCES),
	   "a program that may not be executed is told of");
}

static void refuse_a_call(void)
{
	const struct subprocess_instruction filter[] = {
		{.code = LOAD_WORD},
		{.code = JUMP_IF_EQUAL, .if_false = 1, .operand = SYS_socketpair},
		{.code = RETURN, .operand = REFUSE | EDOM},
		allow_everything,
	};
	struct trial trial;
	char expected[64];
	int ends[2];

	prepare_attempts(&trial);
	add_argument(&trial, "pair:");
	add_argument(&trial, "read:/etc/passwd");
	load_filter(&trial, filter, LENGTH(filter));
	snprintf(expected, sizeof(expected), "pair:=%d\nread:/etc/passwd=0\n", EDOM);
	ok(strcmp(capture(&trial), expected) == 0, "a program is refused what its filter refuses");
	prepare(&trial, "/no/such/program");
	load_filter(&trial, filter, LENGTH(filter));
	ok(!attempt(&trial) && failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT), "behind a filter failures are told");
	ok(socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0, "the parent is not filtered");
	close(ends[0]);
	close(ends[1]);
}

static void take_rights(void)
{
	if (find_obstacle(NEEDS_LANDLOCK) != NULL) {
		skip(find_obstacle(NEEDS_LANDLOCK), "Landlock");
	} else {
		write_nothing();
		read_one_folder();
		keep_descriptors_from_program();
		start_nothing_forbidden();
	}
	if (find_obstacle(NEEDS_SECCOMP) != NULL)
		skip(find_obstacle(NEEDS_SECCOMP), "a filter");
	else
		refuse_a_call();
}

static void look_without_sandbox(const void *argument)
{
	static const struct rule rules[] = {{SYS_landlock_create_ruleset, ENOSYS, ALWAYS}, {SYS_seccomp, EPERM, ALWAYS}};

	(void)argument;
	install_rules(rules, LENGTH(rules));
	ok(core.sandbox() == 0, "where there is neither, neither is found");
}

static void look_for_sandbox(void)
{
	const uint32_t found = core.sandbox();

	ok(((found & SUBPROCESS_SANDBOX_LANDLOCK) != 0) == (find_obstacle(NEEDS_LANDLOCK) == NULL),
	   "Landlock is found where it is: version %u", found & SUBPROCESS_SANDBOX_LANDLOCK);
	if (find_obstacle(NEEDS_SECCOMP) != NULL) {
		skip(find_obstacle(NEEDS_SECCOMP), "filters are found");
		return;
	}
	ok((found & SUBPROCESS_SANDBOX_SECCOMP) != 0, "filters are found");
	run_in_sandbox(look_without_sandbox, NULL);
}

void test_sandboxes(void)
{
	run_case("look for sandboxes", look_for_sandbox);
	run_case_in_all_ways("sandboxes", take_rights);
}
