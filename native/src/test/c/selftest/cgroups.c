/* SPDX-License-Identifier: Apache-2.0 */
/* Born in a cgroup, or gone there: either way before the program begins. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"

static void enter(struct trial *trial, int folder)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_CGROUP);
	trial->request.cgroup = folder;
}

static bool is_inside(const char *output)
{
	const char *cgroup = told(output, "cgroup");
	const char *name = strrchr(cgroup, '/');

	if (name != NULL && strcmp(name, strrchr(cgroup_folder(), '/')) == 0)
		return true;
	printf("# cgroup is %s\n", cgroup);
	return false;
}

static void enter_in_turn(const char *how)
{
	static const int numbers[] = {3, 5, 40, 700};
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct trial trial;
	const char *output;

	dup3(null, 900, O_CLOEXEC);
	close(null);
	for (size_t index = 0; index < LENGTH(numbers); index++) {
		int folder = open(cgroup_folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

		if (folder != numbers[index]) {
			dup3(folder, numbers[index], O_CLOEXEC);
			close(folder);
		}
		prepare(&trial, fixture("print_surroundings"));
		enter(&trial, numbers[index]);
		output = capture(&trial);
		ok(trial.result.warning_count == 0 && is_inside(output) && is(output, "descriptors", "0 1 2"),
		   "%s, folder at %d: in the cgroup", how, numbers[index]);

		/* another source takes its number, and the error pipe's as well */
		prepare(&trial, fixture("print_surroundings"));
		enter(&trial, numbers[index]);
		map(&trial, 900, numbers[index]);
		map(&trial, 900, lowest_free() + 1);
		ok(is_inside(capture(&trial)), "%s, folder at %d: although a target is there", how, numbers[index]);
		close(numbers[index]);
	}
	close(900);
}

static void move_in(const void *argument)
{
	static const struct rule rules[] = {{SYS_clone3, ENOSYS, ALWAYS}};

	(void)argument;
	install_rules(rules, LENGTH(rules));
	enter_in_turn("gone there");
}

static void be_inside(void)
{
	const char *obstacle = find_obstacle(NEEDS_CGROUP);
	char path[1024];
	struct trial trial;
	int folder;

	if (obstacle != NULL) {
		skip(obstacle, "cgroup");
		return;
	}
	enter_in_turn("born there");
	obstacle = find_obstacle(NEEDS_SECCOMP);
	if (obstacle != NULL)
		skip(obstacle, "gone there");
	else
		run_in_sandbox(move_in, NULL);

	/* one that is no more */
	snprintf(path, sizeof(path), "%s/gone", cgroup_folder());
	if (mkdir(path, 0755) != 0)
		return;
	folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	rmdir(path);
	prepare(&trial, fixture("exit_with"));
	enter(&trial, folder);
	attempt(&trial);
	ok(trial.result.step == SUBPROCESS_STEP_CGROUP &&
		   (trial.result.error == ENOENT || trial.result.error == ENODEV),
	   "a cgroup that was removed is told: %s", strerror(trial.result.error));
	close(folder);
}

void test_cgroups(void)
{
	run_case_in_each_mechanism("cgroup", be_inside);
}
