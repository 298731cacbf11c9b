/* SPDX-License-Identifier: Apache-2.0 */
/* One row for each way in which a step can fail, and what the caller is told. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness.h"

#ifndef SYS_close_range
#define SYS_close_range 436
#endif
#ifndef SYS_clone3
#define SYS_clone3 435
#endif
#ifndef SYS_pidfd_open
#define SYS_pidfd_open 434
#endif

#define SMALL_LIMIT 64

struct row {
	const char *name;
	uint32_t step;
	uint32_t detail;
	int error;
	void (*arrange)(struct trial *);
	struct rule rules[4];
};

static int lowest_free(void)
{
	int fd = dup(2);

	close(fd);
	return fd;
}

static void limit_descriptors(rlim_t count)
{
	struct rlimit limit;

	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = count;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static void exhaust_descriptors(struct trial *trial)
{
	(void)trial;
	limit_descriptors((rlim_t)lowest_free());
}

static void map_closed(struct trial *trial)
{
	map(trial, 0, 0);
	map(trial, 4000, 1);
}

static void map_closed_to_itself(struct trial *trial)
{
	map(trial, 4000, 4000);
}

/* A number that is closed now and that the error pipe will get. */
static void map_future_error_pipe(struct trial *trial)
{
	map(trial, 0, 0);
	map(trial, lowest_free(), 5);
}

static void map_beyond_limit(struct trial *trial)
{
	limit_descriptors(SMALL_LIMIT);
	map(trial, 0, SMALL_LIMIT);
}

static void swap_without_room(struct trial *trial)
{
	limit_descriptors(SMALL_LIMIT);
	map(trial, 0, SMALL_LIMIT - 1);
	map(trial, 1, 2);
	map(trial, 2, 1);
}

static void take_error_pipe_without_room(struct trial *trial)
{
	limit_descriptors(SMALL_LIMIT);
	map(trial, 0, SMALL_LIMIT - 1);
	map(trial, 0, lowest_free() + 1);
}

static void ask_for_session(struct trial *trial)
{
	trial->request.session = SUBPROCESS_SESSION_NEW;
}

static void ask_for_group(struct trial *trial)
{
	trial->request.session = SUBPROCESS_SESSION_PROCESS_GROUP;
}

static void ask_for_strange_group(struct trial *trial)
{
	ask_for_group(trial);
	trial->request.process_group = INT32_MAX;
}

static void go_nowhere(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t) "/nowhere/at/all";
}

static void go_into_file(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t) "/proc/self/status";
}

static void go_to_root(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t) "/";
}

static void close_by_range(struct trial *trial)
{
	trial->request.closing = SUBPROCESS_CLOSING_CLOSE_RANGE;
}

static void close_by_proc(struct trial *trial)
{
	trial->request.closing = SUBPROCESS_CLOSING_PROC_SELF_FD;
}

static void lose_proc(struct trial *trial)
{
	close_by_proc(trial);
	if (chroot(scratch) != 0)
		_exit(1);
}

static void want_default_pipe_signal(struct trial *trial)
{
	signal(SIGPIPE, SIG_IGN);
	trial->request.default_signals = UINT64_C(1) << (SIGPIPE - 1);
}

static void miss_program(struct trial *trial)
{
	trial->programs[0] = "/nowhere/program";
	trial->programs[1] = "/nowhere/else";
}

static void pass_too_much(struct trial *trial)
{
	static char text[1024 * 1024];

	memset(text, 'x', sizeof(text) - 1);
	add_argument(trial, text);
}

static void pass_bad_pointer(struct trial *trial)
{
	trial->argv[1] = (const char *)8;
}

static void miss_program_without_sigchld(struct trial *trial)
{
	signal(SIGCHLD, SIG_IGN);
	miss_program(trial);
}

static const struct row rows[] = {
	{"no descriptor left", SUBPROCESS_STEP_ERROR_PIPE, 0, EMFILE, exhaust_descriptors, {{0}}},
	{"no process left", SUBPROCESS_STEP_BIRTH, 0, EAGAIN, NULL, {{SYS_clone3, EAGAIN, 0}, {SYS_clone, EAGAIN, 0}}},
	{"no memory left", SUBPROCESS_STEP_BIRTH, 0, ENOMEM, NULL, {{SYS_clone3, ENOMEM, 0}}},
	{"birth forbidden", SUBPROCESS_STEP_BIRTH, 0, EPERM, NULL, {{SYS_clone3, EPERM, 0}, {SYS_clone, EPERM, 0}}},
	{"no pidfd to be had", SUBPROCESS_STEP_PIDFD, 0, ENOSYS, NULL,
	 {{SYS_clone3, ENOSYS, 0}, {SYS_clone, EINVAL, CLONE_PIDFD}, {SYS_pidfd_open, ENOSYS, 0}}},
	{"closed source", SUBPROCESS_STEP_DESCRIPTORS, 1, EBADF, map_closed, {{0}}},
	{"closed source onto itself", SUBPROCESS_STEP_DESCRIPTORS, 0, EBADF, map_closed_to_itself, {{0}}},
	{"source that becomes the error pipe", SUBPROCESS_STEP_DESCRIPTORS, 1, EBADF, map_future_error_pipe, {{0}}},
	{"target beyond the limit", SUBPROCESS_STEP_DESCRIPTORS, 0, EBADF, map_beyond_limit, {{0}}},
	{"no room to lift a source", SUBPROCESS_STEP_DESCRIPTORS, 1, EINVAL, swap_without_room, {{0}}},
	{"no room to lift the error pipe", SUBPROCESS_STEP_DESCRIPTORS, 2, EINVAL, take_error_pipe_without_room, {{0}}},
	{"no session", SUBPROCESS_STEP_SESSION, 0, EPERM, ask_for_session, {{SYS_setsid, EPERM, 0}}},
	{"no group of its own", SUBPROCESS_STEP_PROCESS_GROUP, 0, EACCES, ask_for_group, {{SYS_setpgid, EACCES, 0}}},
	{"no such group", SUBPROCESS_STEP_PROCESS_GROUP, INT32_MAX, EPERM, ask_for_strange_group, {{0}}},
	{"no such directory", SUBPROCESS_STEP_CHDIR, 0, ENOENT, go_nowhere, {{0}}},
	{"file as directory", SUBPROCESS_STEP_CHDIR, 0, ENOTDIR, go_into_file, {{0}}},
	{"no close_range", SUBPROCESS_STEP_CLOSE, 1, EPERM, close_by_range, {{SYS_close_range, EPERM, 0}}},
	{"no getdents64", SUBPROCESS_STEP_CLOSE, 2, EPERM, close_by_proc, {{SYS_getdents64, EPERM, 0}}},
	{"no /proc", SUBPROCESS_STEP_CLOSE, 2, ENOENT, lose_proc, {{0}}},
	{"no disposition to be read", SUBPROCESS_STEP_SIGNALS, 1, EPERM, NULL,
	 {{SYS_clone3, ENOSYS, 0}, {SYS_rt_sigaction, EPERM, 0}}},
	{"no disposition to be set", SUBPROCESS_STEP_SIGNALS, SIGPIPE, EPERM, want_default_pipe_signal,
	 {{SYS_rt_sigaction, EPERM, 0}}},
	{"no mask", SUBPROCESS_STEP_SIGNALS, 0, EPERM, NULL, {{SYS_rt_sigprocmask, EPERM, 0}}},
	{"no such program", SUBPROCESS_STEP_EXEC, 1, ENOENT, miss_program, {{0}}},
	{"too long an argument", SUBPROCESS_STEP_EXEC, 0, E2BIG, pass_too_much, {{0}}},
	{"argument at a bad address", SUBPROCESS_STEP_EXEC, 0, EFAULT, pass_bad_pointer, {{0}}},
	{"exec forbidden", SUBPROCESS_STEP_EXEC, 0, EPERM, NULL, {{SYS_execve, EPERM, 0}}},
	{"failure where SIGCHLD is ignored", SUBPROCESS_STEP_EXEC, 1, ENOENT, miss_program_without_sigchld, {{0}}},
	/* killed before exec: the error is the number of the signal */
	{"killed in setsid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_SESSION, SIGSYS, ask_for_session,
	 {{SYS_setsid, KILL, 0}}},
	{"killed in setpgid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_PROCESS_GROUP, SIGSYS, ask_for_group,
	 {{SYS_setpgid, KILL, 0}}},
	{"killed in chdir", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_CHDIR, SIGSYS, go_to_root, {{SYS_chdir, KILL, 0}}},
	{"killed while closing", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_CLOSE, SIGSYS, close_by_range,
	 {{SYS_close_range, KILL, 0}}},
};

static size_t rules_of(const struct row *row)
{
	size_t count = 0;

	while (count < LENGTH(row->rules) && row->rules[count].error != 0)
		count++;
	return count;
}

static void try_row(const void *argument)
{
	const struct row *row = argument;
	struct trial trial;
	bool expected;
	int before;

	prepare(&trial, fixture("exit_with"));
	if (row->arrange != NULL)
		row->arrange(&trial);
	if (rules_of(row) > 0)
		install_filter(row->rules, rules_of(row));
	before = count_descriptors();
	if (attempt(&trial))
		kill_trial(&trial);
	if (row->step == SUBPROCESS_STEP_LOST) {
		expected = trial.returned == -ECHILD && trial.result.step == row->step &&
			   trial.result.detail == row->detail && trial.result.error == 0 &&
			   trial.result.signal == row->error;
		if (!expected)
			show(&trial);
	} else {
		expected = failed_as(&trial, row->step, row->detail, row->error);
	}
	ok(expected, "%s is told as %s", row->name, core.step_name(row->step));
	check_nothing_is_left(before);
}

static void try_rows(void)
{
	for (const struct row *row = rows; row < rows + LENGTH(rows); row++) {
		if (rules_of(row) > 0 && refuses_seccomp())
			skip("no seccomp here", "%s", row->name);
		else if (row->arrange == lose_proc && geteuid() != 0)
			skip("only root may chroot", "%s", row->name);
		else
			run_in_sandbox(try_row, row);
	}
}

void test_failures(void)
{
	for (way.mechanism = 1; way.mechanism <= 2; way.mechanism++)
		run_case("failures", try_rows);
	way.mechanism = 0;
}
