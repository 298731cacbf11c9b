/* SPDX-License-Identifier: Apache-2.0 */
/* Programs that are executed by a descriptor of their file. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness.h"

static void prepare_file(struct trial *trial, const char *path, int file)
{
	prepare(trial, path);
	ask_for(trial, SUBPROCESS_ATTRIBUTE_PROGRAM_FILE);
	trial->request.program_file = file;
}

static int open_program(const char *path)
{
	return open(path, O_PATH | O_CLOEXEC);
}

static int copy_program(const char *name, const char *path)
{
	char block[65536];
	ssize_t size;
	int source = open(fixture(name), O_RDONLY | O_CLOEXEC);
	int target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0755);

	while ((size = read(source, block, sizeof(block))) > 0) {
		if (write(target, block, (size_t)size) != size)
			abort();
	}
	close(source);
	return close(target);
}

static void run_what_was_opened(void)
{
	struct trial trial;
	struct subprocess_exit exit;
	int file = open_program(fixture("exit_with"));

	prepare_file(&trial, "/no/such/path", file);
	add_argument(&trial, "7");
	ok(attempt(&trial), "a file is executed whatever the path says");
	exit = finish(&trial);
	ok(exit.kind == SUBPROCESS_EXITED && exit.value == 7, "it gets its arguments");
	close(file);
}

static void run_what_was_checked(void)
{
	struct trial trial;
	struct subprocess_exit exit;
	char path[4096];
	char other[4096];
	int file;

	snprintf(path, sizeof(path), "%s", in_scratch("checked"));
	snprintf(other, sizeof(other), "%s", in_scratch("other"));
	copy_program("exit_with", path);
	copy_program("kill_self", other);
	file = open_program(path);
	prepare_file(&trial, path, file);
	add_argument(&trial, "7");
	if (rename(other, path) != 0)
		abort();
	ok(attempt(&trial), "a file is executed after another one has taken its place");
	exit = finish(&trial);
	ok(exit.kind == SUBPROCESS_EXITED && exit.value == 7, "it is the one that was opened");
	unlink(path);
	close(file);
}

static void keep_file_from_program(void)
{
	const int flags[] = {O_PATH | O_CLOEXEC, O_PATH, O_RDONLY};
	struct trial trial;

	for (size_t index = 0; index < LENGTH(flags); index++) {
		int file = open(fixture("kill_self"), flags[index]);

		prepare_file(&trial, fixture("kill_self"), file);
		expect(&trial, 3, "the program does not get its file");
		ok(fcntl(file, F_GETFD) == (flags[index] & O_CLOEXEC ? FD_CLOEXEC : 0), "the caller's descriptor is as it was");
		close(file);
	}
}

/* The number of the file is taken by a mapping, as a target and as a source. */
static void give_its_number_away(void)
{
	struct trial trial;
	int file = open_program(fixture("kill_self"));
	int other = open("/dev/null", O_RDONLY | O_CLOEXEC);

	prepare_file(&trial, fixture("kill_self"), file);
	map(&trial, other, file);
	map(&trial, file, other);
	expect(&trial, 3, "a program gets another descriptor under the number of its file");
	prepare_file(&trial, fixture("kill_self"), file);
	map(&trial, file, file);
	expect(&trial, 3, "a program may be given its file");
	close(file);
	close(other);
}

static void run_from_high_number(void)
{
	struct trial trial;
	int low = open_program(fixture("exit_with"));
	int file = fcntl(low, F_DUPFD_CLOEXEC, 300);

	close(low);
	prepare_file(&trial, fixture("exit_with"), file);
	ok(attempt(&trial), "a file with a high number is executed");
	finish(&trial);
	close(file);
}

static void fail_with_cause(void)
{
	static const char script[] = "#!/bin/sh\nexit 0\n";
	struct trial trial;
	char path[4096];
	int file = open("/", O_PATH | O_CLOEXEC);

	prepare_file(&trial, "/", file);
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, EACCES), "a folder is not executed");
	close(file);

	snprintf(path, sizeof(path), "%s", in_scratch("script"));
	file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
	if (write(file, script, sizeof(script) - 1) != (ssize_t)sizeof(script) - 1)
		abort();
	close(file);
	file = open_program(path);
	prepare_file(&trial, path, file);
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOENT), "a script is not there for its interpreter");
	if (chmod(path, 0644) != 0)
		abort();
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, EACCES), "a file that nobody may execute is not executed");
	close(file);
	unlink(path);
}

static void pass_sandbox(void)
{
	struct trial trial;
	int file = open_program(fixture("exit_with"));
	const char *obstacle = find_obstacle(NEEDS_LANDLOCK | NEEDS_SECCOMP);

	if (obstacle != NULL) {
		skip(obstacle, "a file is executed within a sandbox");
		close(file);
		return;
	}
	prepare_file(&trial, fixture("exit_with"), file);
	restrict_files(&trial, &run_everything, 1);
	load_filter(&trial, &allow_everything, 1);
	for (int32_t target = file; target < file + 4; target++)
		map(&trial, 0, target);
	ok(attempt(&trial), "a file is executed within a sandbox");
	finish(&trial);
	close(file);
}

static void fail_without_the_call(const void *unused)
{
	static const struct rule rules[] = {{SYS_execveat, ENOSYS, ALWAYS}};
	struct trial trial;
	int file = open_program(fixture("exit_with"));

	(void)unused;
	prepare_file(&trial, fixture("exit_with"), file);
	if (!install_filter(rules, LENGTH(rules))) {
		skip("there are no filters", "a kernel without the call");
		close(file);
		return;
	}
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOSYS), "nothing else is executed where the kernel lacks the call");
	close(file);
}

static void fail_where_it_is_missing(void)
{
	struct trial trial;
	int file = open_program(fixture("exit_with"));

	prepare_file(&trial, fixture("exit_with"), file);
	attempt(&trial);
	ok(failed_as(&trial, SUBPROCESS_STEP_EXEC, 0, ENOSYS), "nothing else is executed");
	close(file);
}

static void lack_the_call(void)
{
	const char *obstacle = find_obstacle(NEEDS_SECCOMP);

	if (obstacle != NULL)
		skip(obstacle, "a kernel without the call");
	else
		run_in_sandbox(fail_without_the_call, NULL);
}

/* An emulator may lack it; the native call finds the descriptor to be none. */
static bool has_the_call(void)
{
	return syscall(SYS_execveat, -1, "", NULL, NULL, AT_EMPTY_PATH) < 0 && errno != ENOSYS;
}

void test_executions(void)
{
	if (!has_the_call()) {
		skip("there is no execveat here", "files are executed");
		run_case_in_each_mechanism("no call", fail_where_it_is_missing);
		return;
	}
	run_case_in_all_ways("what was opened", run_what_was_opened);
	run_case_in_each_mechanism("what was checked", run_what_was_checked);
	run_case_in_all_ways("its file", keep_file_from_program);
	run_case_in_all_ways("its number", give_its_number_away);
	run_case_in_each_mechanism("high number", run_from_high_number);
	run_case_in_each_mechanism("causes", fail_with_cause);
	run_case_in_each_mechanism("within a sandbox", pass_sandbox);
	run_case_in_each_mechanism("without the call", lack_the_call);
}
