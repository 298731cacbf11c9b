/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One row for each way in which a step can fail, and what the caller is told.
 * What best effort can spare is tried both ways: as a failure, and as a warning
 * to a program that runs.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define SMALL_LIMIT 64
#define CLOSED 4000
#define SOMEBODY 12345

/* `error` is the signal where the step is LOST. */
struct row {
	const char *name;
	uint32_t step;
	uint32_t detail;
	int error;
	void (*arrange)(struct trial *);
	unsigned needs; /* with NEEDS_PLAIN_USER the sandbox becomes one when all is arranged */
	struct rule rules[4];
	uint32_t attribute; /* that best effort can spare */
	uint32_t warnings;  /* that come before */
};

static void exhaust_descriptors(struct trial *trial)
{
	(void)trial;
	limit_descriptors((uint64_t)lowest_free());
}

static void forbid_processes(struct trial *trial)
{
	const struct rlimit none = {0, 0};

	(void)trial;
	setrlimit(RLIMIT_NPROC, &none);
}

static void map_closed(struct trial *trial)
{
	map(trial, 0, 0);
	map(trial, CLOSED, 1);
}

static void map_closed_to_itself(struct trial *trial)
{
	map(trial, CLOSED, CLOSED);
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

static void enter_cgroup(struct trial *trial, const char *path, int flags)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_CGROUP);
	trial->request.cgroup = open(path, flags | O_RDONLY | O_CLOEXEC);
}

static void take_cgroup_without_room(struct trial *trial)
{
	enter_cgroup(trial, "/", O_DIRECTORY);
	limit_descriptors(SMALL_LIMIT);
	map(trial, 0, SMALL_LIMIT - 1);
	map(trial, 0, trial->request.cgroup);
}

static void unshare_table(struct trial *trial)
{
	trial->request.closing = SUBPROCESS_CLOSING_UNSHARE;
}

static void unshare_table_above_streams(struct trial *trial)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		_exit(1);
	unshare_table(trial);
	map(trial, ends[1], ends[1] + 1);
}

/* A stream of its own, as others share the flag of what this process has. */
static void put_nonblocking_pipe(int stream)
{
	int ends[2];

	if (pipe2(ends, O_NONBLOCK | O_CLOEXEC) != 0)
		_exit(1);
	dup2(ends[1], stream);
	close(ends[1]);
}

static void inherit_nonblocking_errors(struct trial *trial)
{
	(void)trial;
	put_nonblocking_pipe(2);
}

static void map_something(struct trial *trial)
{
	map(trial, 0, 9);
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

static void ask_for_terminal(struct trial *trial, int fd)
{
	ask_for_session(trial);
	ask_for(trial, SUBPROCESS_ATTRIBUTE_TERMINAL);
	trial->request.controlling_terminal = fd;
}

static void take_pipe_for_terminal(struct trial *trial)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) != 0)
		_exit(1);
	map(trial, ends[0], 7);
	ask_for_terminal(trial, 7);
}

static int open_terminal(int flags)
{
	int master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	char name[64];

	if (master < 0 || unlockpt(master) != 0 || ptsname_r(master, name, sizeof(name)) != 0)
		_exit(1);
	return open(name, flags | O_RDWR | O_CLOEXEC);
}

static void take_terminal_of_mine(struct trial *trial)
{
	setsid();
	map(trial, open_terminal(0), 6);
	ask_for_terminal(trial, 6);
}

static void take_good_terminal(struct trial *trial)
{
	map(trial, open_terminal(O_NOCTTY), 6);
	ask_for_terminal(trial, 6);
}

static void enter_plain_folder(struct trial *trial)
{
	enter_cgroup(trial, "/", O_DIRECTORY);
}

static void enter_plain_file(struct trial *trial)
{
	enter_cgroup(trial, "/proc/self/status", 0);
}

static void enter_real_cgroup(struct trial *trial)
{
	enter_cgroup(trial, cgroup_folder(), O_DIRECTORY);
}

static void cross_limits(struct trial *trial)
{
	add_limit(trial, RLIMIT_CORE, 0, 0);
	add_limit(trial, RLIMIT_FSIZE, 2, 1);
}

static void raise_limit(struct trial *trial)
{
	const struct rlimit low = {1000, 1000};

	setrlimit(RLIMIT_MSGQUEUE, &low);
	add_limit(trial, RLIMIT_MSGQUEUE, 1000, 1001);
}

static void raise_descriptors(struct trial *trial)
{
	add_limit(trial, RLIMIT_NOFILE, 100, UINT64_MAX);
}

static void limit_the_unknown(struct trial *trial)
{
	add_limit(trial, 99, 1, 1);
}

static void limit_core(struct trial *trial)
{
	add_limit(trial, RLIMIT_CORE, 0, 0);
}

static void be_important(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_NICE);
	trial->request.nice = -1;
}

static void be_nice(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_NICE);
	trial->request.nice = 19;
}

static void be_an_important_group(struct trial *trial)
{
	be_important(trial);
	ask_for_session(trial);
	ask_for(trial, SUBPROCESS_ATTRIBUTE_AUTOGROUP);
	trial->request.best_effort = SUBPROCESS_ATTRIBUTE_NICE;
}

static void live_forever(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_OOM_SCORE);
	trial->request.oom_score = -1000;
}

static void run_on_no_processor(struct trial *trial)
{
	static const uint64_t mask[16] = {[15] = UINT64_C(1) << 63};

	ask_for(trial, SUBPROCESS_ATTRIBUTE_AFFINITY);
	trial->request.affinity = (uintptr_t)mask;
	trial->request.affinity_size = sizeof(mask);
}

static void mask_permissions(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_UMASK);
	trial->request.umask = 077;
}

static void go_nowhere(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t) "/nowhere/at/all";
}

static void go_into_file(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t) "/proc/self/status";
}

static void go_where_none_may(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t)in_scratch("locked");
}

static void go_to_root(struct trial *trial)
{
	trial->request.working_directory = (uintptr_t) "/";
}

static void drop_groups(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_GROUPS);
}

static void take_group(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_GROUP_ID);
	trial->request.group_id = SOMEBODY;
}

static void take_user(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_USER_ID);
	trial->request.user_id = SOMEBODY;
}

static void write_map(const char *name, pid_t pid)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, name);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, "0 0 10000", 9) != 9)
		_exit(1);
	close(fd);
}

/* Only who stays outside may say who is who inside. */
static void enter_user_namespace(void)
{
	int status = 1;
	int ends[2];
	pid_t pid;
	char byte;

	if (pipe(ends) != 0)
		_exit(1);
	pid = fork();
	if (pid == 0) {
		close(ends[1]);
		if (read(ends[0], &byte, 1) != 0)
			_exit(1);
		write_map("uid_map", getppid());
		write_map("gid_map", getppid());
		_exit(0);
	}
	close(ends[0]);
	if (unshare(CLONE_NEWUSER) != 0)
		_exit(1);
	close(ends[1]);
	waitpid(pid, &status, 0);
	if (status != 0)
		_exit(1);
}

static void take_unmapped_groups(struct trial *trial)
{
	static const uint32_t groups[] = {1, SOMEBODY};

	enter_user_namespace();
	drop_groups(trial);
	trial->request.groups = (uintptr_t)groups;
	trial->request.group_count = LENGTH(groups);
}

static void take_unmapped_group(struct trial *trial)
{
	enter_user_namespace();
	take_group(trial);
}

static void take_unmapped_user(struct trial *trial)
{
	enter_user_namespace();
	take_user(trial);
}

static void die_with_parent(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL);
	trial->request.death_signal = SIGTERM;
}

/* Nobody spares it that its parent is not the one that it should be. */
static void die_with_parent_if_possible(struct trial *trial)
{
	die_with_parent(trial);
	trial->request.best_effort = SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL;
}

static void gain_nothing(struct trial *trial)
{
	ask_for(trial, SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES);
}

static void allow_only_what_is_missing(struct trial *trial)
{
	static struct subprocess_rule rules[2];

	rules[0] = run_everything;
	rules[1] = (struct subprocess_rule){.path = (uintptr_t) "/no/such/file", .access = 1};
	restrict_files(trial, rules, 2);
}

static void restrict_unknown_rights(struct trial *trial)
{
	restrict_files(trial, &run_everything, 1);
	trial->request.handled_files |= UINT64_C(1) << 62;
}

static void run_restricted(struct trial *trial)
{
	restrict_files(trial, &run_everything, 1);
}

static void run_filtered(struct trial *trial)
{
	load_filter(trial, &allow_everything, 1);
}

/* A program for a filter that does not end. */
static void run_badly_filtered(struct trial *trial)
{
	static const struct subprocess_instruction load = {.code = 0x20};

	load_filter(trial, &load, 1);
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
	trial->request.default_signals = SIGNAL_BIT(SIGPIPE);
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

#define ATTRIBUTE(name) SUBPROCESS_ATTRIBUTE_##name
#define NOTHING {{0}}
#define PLAIN NEEDS_PLAIN_USER
#define SECCOMP NEEDS_SECCOMP
#define LANDLOCK (NEEDS_SECCOMP | NEEDS_LANDLOCK)
#define TABLE (NEEDS_SECCOMP | NEEDS_SHARED_TABLE)

static const struct row rows[] = {
	{"closed source", SUBPROCESS_STEP_REQUEST, ENTRY(descriptors, 1), EBADF, map_closed, 0, NOTHING, 0, 0},
	{"closed source onto itself", SUBPROCESS_STEP_REQUEST, ENTRY(descriptors, 0), EBADF, map_closed_to_itself, 0,
	 NOTHING, 0, 0},
	{"source that becomes the error pipe", SUBPROCESS_STEP_REQUEST, ENTRY(descriptors, 1), EBADF,
	 map_future_error_pipe, 0, NOTHING, 0, 0},
	{"no descriptor left for the pipe", SUBPROCESS_STEP_ERROR_PIPE, 0, EMFILE, exhaust_descriptors,
	 NEEDS_ERROR_PIPE, NOTHING, 0, 0},
	{"no descriptor left for the child", SUBPROCESS_STEP_BIRTH, 0, EMFILE, exhaust_descriptors,
	 NEEDS_NO_ERROR_PIPE, NOTHING, 0, 0},
	{"no process left", SUBPROCESS_STEP_BIRTH, 0, EAGAIN, NULL, SECCOMP,
	 {{SYS_clone3, EAGAIN, ALWAYS}, {SYS_clone, EAGAIN, ALWAYS}}, 0, 0},
	{"no process left to a plain user", SUBPROCESS_STEP_BIRTH, 0, EAGAIN, forbid_processes, PLAIN, NOTHING, 0, 0},
	{"no memory left", SUBPROCESS_STEP_BIRTH, 0, ENOMEM, NULL, SECCOMP, {{SYS_clone3, ENOMEM, ALWAYS}}, 0, 0},
	{"birth forbidden", SUBPROCESS_STEP_BIRTH, 0, EPERM, NULL, SECCOMP,
	 {{SYS_clone3, EPERM, ALWAYS}, {SYS_clone, EPERM, ALWAYS}}, 0, 0},
	{"no pidfd to be had", SUBPROCESS_STEP_PIDFD, 0, ENOSYS, NULL, SECCOMP,
	 {{SYS_clone3, ENOSYS, ALWAYS}, {SYS_clone, EINVAL, IF_BIT(1, CLONE_PIDFD)}, {SYS_pidfd_open, ENOSYS, ALWAYS}},
	 0, 0},
	{"no memory for a table", SUBPROCESS_STEP_TABLE, 0, ENOMEM, unshare_table, TABLE,
	 {{SYS_close_range, ENOMEM, IF_UNSHARES}}, 0, 0},
	{"target beyond the limit", SUBPROCESS_STEP_DESCRIPTORS, 0, EBADF, map_beyond_limit, 0, NOTHING, 0, 0},
	{"no room to lift a source", SUBPROCESS_STEP_DESCRIPTORS, 1, EINVAL, swap_without_room, 0, NOTHING, 0, 0},
	{"no room to lift the error pipe", SUBPROCESS_STEP_DESCRIPTORS, 2, EINVAL, take_error_pipe_without_room,
	 NEEDS_ERROR_PIPE, NOTHING, 0, 0},
	{"no room to lift the cgroup", SUBPROCESS_STEP_DESCRIPTORS, 2, EINVAL, take_cgroup_without_room, 0, NOTHING, 0,
	 0},
	{"no flags to be set", SUBPROCESS_STEP_BLOCKING, 2, EPERM, inherit_nonblocking_errors, SECCOMP,
	 {{SYS_fcntl, EPERM, IF_EQUAL_AND_BIT(2, F_SETFL, 3, O_WRONLY)}}, 0, 0},
	{"no session", SUBPROCESS_STEP_SESSION, 0, EPERM, ask_for_session, SECCOMP, {{SYS_setsid, EPERM, ALWAYS}}, 0,
	 0},
	{"no group of its own", SUBPROCESS_STEP_PROCESS_GROUP, 0, EACCES, ask_for_group, SECCOMP,
	 {{SYS_setpgid, EACCES, ALWAYS}}, 0, 0},
	{"no such group", SUBPROCESS_STEP_PROCESS_GROUP, INT32_MAX, EPERM, ask_for_strange_group, 0, NOTHING, 0, 0},
	{"pipe as terminal", SUBPROCESS_STEP_TERMINAL, 7, ENOTTY, take_pipe_for_terminal, 0, NOTHING,
	 ATTRIBUTE(TERMINAL), 0},
	{"terminal of another session", SUBPROCESS_STEP_TERMINAL, 6, EPERM, take_terminal_of_mine, NEEDS_TERMINAL,
	 NOTHING, ATTRIBUTE(TERMINAL), 0},
	{"plain folder as cgroup", SUBPROCESS_STEP_CGROUP, 0, ENOENT, enter_plain_folder, 0, NOTHING, ATTRIBUTE(CGROUP),
	 0},
	{"plain file as cgroup", SUBPROCESS_STEP_CGROUP, 0, ENOTDIR, enter_plain_file, 0, NOTHING, ATTRIBUTE(CGROUP),
	 0},
	{"cgroup of somebody else", SUBPROCESS_STEP_CGROUP, 0, EACCES, enter_real_cgroup,
	 PLAIN | NEEDS_OTHER_USERS | NEEDS_CGROUP, NOTHING, ATTRIBUTE(CGROUP), 0},
	{"soft limit above the hard one", SUBPROCESS_STEP_LIMITS, RLIMIT_FSIZE, EINVAL, cross_limits, 0, NOTHING,
	 ATTRIBUTE(LIMITS), 0},
	{"raised limit", SUBPROCESS_STEP_LIMITS, RLIMIT_MSGQUEUE, EPERM, raise_limit, PLAIN, NOTHING, ATTRIBUTE(LIMITS),
	 0},
	{"more descriptors than there are", SUBPROCESS_STEP_LIMITS, RLIMIT_NOFILE, EPERM, raise_descriptors, 0, NOTHING,
	 ATTRIBUTE(LIMITS), 0},
	{"unknown limit", SUBPROCESS_STEP_LIMITS, 99, EINVAL, limit_the_unknown, 0, NOTHING, ATTRIBUTE(LIMITS), 0},
	{"higher priority", SUBPROCESS_STEP_NICE, 0, EACCES, be_important, PLAIN, NOTHING, ATTRIBUTE(NICE), 0},
	{"higher priority of the session", SUBPROCESS_STEP_AUTOGROUP, 0, EPERM, be_an_important_group,
	 PLAIN | NEEDS_AUTOGROUP, NOTHING, ATTRIBUTE(AUTOGROUP), 1},
	{"lower score", SUBPROCESS_STEP_OOM_SCORE, 0, EACCES, live_forever, PLAIN, NOTHING, ATTRIBUTE(OOM_SCORE), 0},
	{"no such processor", SUBPROCESS_STEP_AFFINITY, 0, EINVAL, run_on_no_processor, 0, NOTHING, ATTRIBUTE(AFFINITY),
	 0},
	{"no umask", SUBPROCESS_STEP_UMASK, 0, EPERM, mask_permissions, SECCOMP, {{SYS_umask, EPERM, ALWAYS}},
	 ATTRIBUTE(UMASK), 0},
	{"no such directory", SUBPROCESS_STEP_CHDIR, 0, ENOENT, go_nowhere, 0, NOTHING, 0, 0},
	{"file as directory", SUBPROCESS_STEP_CHDIR, 0, ENOTDIR, go_into_file, 0, NOTHING, 0, 0},
	{"locked directory", SUBPROCESS_STEP_CHDIR, 0, EACCES, go_where_none_may, PLAIN, NOTHING, 0, 0},
	{"other groups", SUBPROCESS_STEP_GROUPS, 0, EPERM, drop_groups, PLAIN, NOTHING, ATTRIBUTE(GROUPS), 0},
	{"groups of no mapping", SUBPROCESS_STEP_GROUPS, 0, EINVAL, take_unmapped_groups, NEEDS_USER_NAMESPACE, NOTHING,
	 ATTRIBUTE(GROUPS), 0},
	{"other group", SUBPROCESS_STEP_GROUP_ID, SOMEBODY, EPERM, take_group, PLAIN, NOTHING, ATTRIBUTE(GROUP_ID), 0},
	{"group of no mapping", SUBPROCESS_STEP_GROUP_ID, SOMEBODY, EINVAL, take_unmapped_group, NEEDS_USER_NAMESPACE,
	 NOTHING, ATTRIBUTE(GROUP_ID), 0},
	{"other user", SUBPROCESS_STEP_USER_ID, SOMEBODY, EPERM, take_user, PLAIN, NOTHING, ATTRIBUTE(USER_ID), 0},
	{"user of no mapping", SUBPROCESS_STEP_USER_ID, SOMEBODY, EINVAL, take_unmapped_user, NEEDS_USER_NAMESPACE,
	 NOTHING, ATTRIBUTE(USER_ID), 0},
	{"no death signal", SUBPROCESS_STEP_DEATH_SIGNAL, SIGTERM, EPERM, die_with_parent, SECCOMP,
	 {{SYS_prctl, EPERM, IF_DEATH_SIGNAL}}, ATTRIBUTE(DEATH_SIGNAL), 0},
	{"another parent", SUBPROCESS_STEP_DEATH_SIGNAL, SIGTERM, ESRCH, die_with_parent_if_possible, SECCOMP,
	 {{SYS_getppid, EPERM, ALWAYS}}, 0, 0},
	{"no new privileges forbidden", SUBPROCESS_STEP_NO_NEW_PRIVILEGES, 0, EPERM, gain_nothing, SECCOMP,
	 {{SYS_prctl, EPERM, IF_NO_NEW_PRIVILEGES}}, ATTRIBUTE(NO_NEW_PRIVILEGES), 0},
	{"no close_range", SUBPROCESS_STEP_CLOSE, SUBPROCESS_CLOSING_CLOSE_RANGE, EPERM, close_by_range, SECCOMP,
	 {{SYS_close_range, EPERM, ALWAYS}}, 0, 0},
	{"no getdents64", SUBPROCESS_STEP_CLOSE, SUBPROCESS_CLOSING_PROC_SELF_FD, EPERM, close_by_proc, SECCOMP,
	 {{SYS_getdents64, EPERM, ALWAYS}}, 0, 0},
	{"no /proc", SUBPROCESS_STEP_CLOSE, SUBPROCESS_CLOSING_PROC_SELF_FD, ENOENT, lose_proc, NEEDS_CHROOT, NOTHING,
	 0, 0},
	{"nothing closed of a table of its own", SUBPROCESS_STEP_CLOSE, SUBPROCESS_CLOSING_UNSHARE, EPERM,
	 unshare_table_above_streams, TABLE, {{SYS_close_range, EPERM, IF_EQUAL(3, 0)}}, 0, 0},
	{"no disposition to be read", SUBPROCESS_STEP_SIGNALS, 1, EPERM, NULL, SECCOMP,
	 {{SYS_clone3, ENOSYS, ALWAYS}, {SYS_rt_sigaction, EPERM, ALWAYS}}, 0, 0},
	{"no disposition to be set", SUBPROCESS_STEP_SIGNALS, SIGPIPE, EPERM, want_default_pipe_signal, SECCOMP,
	 {{SYS_rt_sigaction, EPERM, ALWAYS}}, 0, 0},
	{"no mask", SUBPROCESS_STEP_SIGNAL_MASK, 0, EPERM, NULL, SECCOMP, {{SYS_rt_sigprocmask, EPERM, ALWAYS}}, 0, 0},
	{"no Landlock", SUBPROCESS_STEP_LANDLOCK_RULES, 1, ENOSYS, run_restricted, SECCOMP,
	 {{SYS_landlock_create_ruleset, ENOSYS, ALWAYS}}, ATTRIBUTE(LANDLOCK), 0},
	{"a right that is none", SUBPROCESS_STEP_LANDLOCK_RULES, 1, EINVAL, restrict_unknown_rights, NEEDS_LANDLOCK,
	 NOTHING, ATTRIBUTE(LANDLOCK), 0},
	{"rule for a missing path", SUBPROCESS_STEP_LANDLOCK_RULES, 1, ENOENT, allow_only_what_is_missing,
	 NEEDS_LANDLOCK, NOTHING, ATTRIBUTE(LANDLOCK), 0},
	{"no rule to be added", SUBPROCESS_STEP_LANDLOCK_RULES, 0, EPERM, run_restricted, LANDLOCK,
	 {{SYS_landlock_add_rule, EPERM, ALWAYS}}, ATTRIBUTE(LANDLOCK), 0},
	{"rules that cannot be put on", SUBPROCESS_STEP_LANDLOCK, 0, EPERM, run_restricted, LANDLOCK,
	 {{SYS_landlock_restrict_self, EPERM, ALWAYS}}, ATTRIBUTE(LANDLOCK), 0},
	{"no filter to be had", SUBPROCESS_STEP_SECCOMP, 0, ENOSYS, run_filtered, SECCOMP,
	 {{SYS_seccomp, ENOSYS, ALWAYS}}, ATTRIBUTE(SECCOMP), 0},
	{"filter that is none", SUBPROCESS_STEP_SECCOMP, 0, EINVAL, run_badly_filtered, SECCOMP, NOTHING,
	 ATTRIBUTE(SECCOMP), 0},
	{"no such program", SUBPROCESS_STEP_EXEC, 1, ENOENT, miss_program, 0, NOTHING, 0, 0},
	{"too long an argument", SUBPROCESS_STEP_EXEC, 0, E2BIG, pass_too_much, 0, NOTHING, 0, 0},
	{"argument at a bad address", SUBPROCESS_STEP_EXEC, 0, EFAULT, pass_bad_pointer, 0, NOTHING, 0, 0},
	{"exec forbidden", SUBPROCESS_STEP_EXEC, 0, EPERM, NULL, SECCOMP, {{SYS_execve, EPERM, ALWAYS}}, 0, 0},
	{"failure where SIGCHLD is ignored", SUBPROCESS_STEP_EXEC, 1, ENOENT, miss_program_without_sigchld, 0, NOTHING,
	 0, 0},
	{"killed on the shared table", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_TABLE, SIGSYS, NULL, TABLE,
	 {{SYS_close_range, KILL, IF_UNSHARES}}, 0, 0},
	{"killed in dup3", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_DESCRIPTORS, SIGSYS, map_something, SECCOMP,
	 {{SYS_dup3, KILL, ALWAYS}}, 0, 0},
	{"killed in fcntl", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_BLOCKING, SIGSYS, inherit_nonblocking_errors, SECCOMP,
	 {{SYS_fcntl, KILL, IF_EQUAL_AND_BIT(2, F_SETFL, 3, O_WRONLY)}}, 0, 0},
	{"killed in setsid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_SESSION, SIGSYS, ask_for_session, SECCOMP,
	 {{SYS_setsid, KILL, ALWAYS}}, 0, 0},
	{"killed in setpgid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_PROCESS_GROUP, SIGSYS, ask_for_group, SECCOMP,
	 {{SYS_setpgid, KILL, ALWAYS}}, 0, 0},
	{"killed in ioctl", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_TERMINAL, SIGSYS, take_good_terminal,
	 SECCOMP | NEEDS_TERMINAL, {{SYS_ioctl, KILL, ALWAYS}}, 0, 0},
	{"killed in openat", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_CGROUP, SIGSYS, enter_plain_folder, SECCOMP,
	 {{SYS_openat, KILL, ALWAYS}}, 0, 0},
	{"killed in prlimit64", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_LIMITS, SIGSYS, limit_core, SECCOMP,
	 {{SYS_prlimit64, KILL, ALWAYS}}, 0, 0},
	{"killed in setpriority", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_NICE, SIGSYS, be_nice, SECCOMP,
	 {{SYS_setpriority, KILL, ALWAYS}}, 0, 0},
	{"killed in sched_setaffinity", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_AFFINITY, SIGSYS, run_on_no_processor,
	 SECCOMP, {{SYS_sched_setaffinity, KILL, ALWAYS}}, 0, 0},
	{"killed in umask", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_UMASK, SIGSYS, mask_permissions, SECCOMP,
	 {{SYS_umask, KILL, ALWAYS}}, 0, 0},
	{"killed in chdir", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_CHDIR, SIGSYS, go_to_root, SECCOMP,
	 {{SYS_chdir, KILL, ALWAYS}}, 0, 0},
	{"killed in setgroups", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_GROUPS, SIGSYS, drop_groups, SECCOMP,
	 {{SYS_setgroups, KILL, ALWAYS}}, 0, 0},
	{"killed in setresgid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_GROUP_ID, SIGSYS, take_group, SECCOMP,
	 {{SYS_setresgid, KILL, ALWAYS}}, 0, 0},
	{"killed in setresuid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_USER_ID, SIGSYS, take_user, SECCOMP,
	 {{SYS_setresuid, KILL, ALWAYS}}, 0, 0},
	{"killed in getppid", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_DEATH_SIGNAL, SIGSYS, die_with_parent, SECCOMP,
	 {{SYS_getppid, KILL, ALWAYS}}, 0, 0},
	{"killed in prctl", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_NO_NEW_PRIVILEGES, SIGSYS, gain_nothing, SECCOMP,
	 {{SYS_prctl, KILL, IF_NO_NEW_PRIVILEGES}}, 0, 0},
	{"killed while closing", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_CLOSE, SIGSYS, close_by_range, SECCOMP,
	 {{SYS_close_range, KILL, ALWAYS}}, 0, 0},
	{"killed in rt_sigaction", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_SIGNALS, SIGSYS, want_default_pipe_signal,
	 SECCOMP, {{SYS_rt_sigaction, KILL, IF_EQUAL(3, 0)}}, 0, 0},
	{"killed in landlock_restrict_self", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_LANDLOCK, SIGSYS, run_restricted,
	 LANDLOCK, {{SYS_landlock_restrict_self, KILL, ALWAYS}}, 0, 0},
	{"killed in seccomp", SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_SECCOMP, SIGSYS, run_filtered, SECCOMP,
	 {{SYS_seccomp, KILL, ALWAYS}}, 0, 0},
};

/* The one step that is of other callers. */
static bool needs_no_row(uint32_t step)
{
	return step == SUBPROCESS_STEP_POSIX_SPAWN;
}

static void miss_no_step(void)
{
#define CHECK_ROWS(name, number, text, when, detail)                                                                   \
	{                                                                                                              \
		int count = 0;                                                                                         \
                                                                                                                       \
		for (const struct row *row = rows; row < rows + LENGTH(rows); row++)                                   \
			count += row->step == (number);                                                                \
		ok(count > 0 || needs_no_row(number), "step %s has %d rows", text, count);                             \
	}
	SUBPROCESS_STEPS(CHECK_ROWS)
	for (uint32_t bit = 1; bit <= SUBPROCESS_ATTRIBUTE_SECCOMP; bit <<= 1) {
		int count = 0;

		for (const struct row *row = rows; row < rows + LENGTH(rows); row++)
			count += row->attribute == bit;
		ok(count > 0, "attribute %#x can be refused in %d ways", bit, count);
	}
}

static void arrange(struct trial *trial, const struct row *row)
{
	prepare(trial, row->needs & NEEDS_PLAIN_USER ? public_fixture("exit_with") : fixture("exit_with"));
	if (row->arrange != NULL)
		row->arrange(trial);
	if (row->needs & NEEDS_PLAIN_USER)
		become_plain_user();
	install_rules(row->rules, LENGTH(row->rules));
}

static bool is_as_told(const struct row *row, const struct trial *trial)
{
	const struct subprocess_result *result = &trial->result;

	if (row->step != SUBPROCESS_STEP_LOST)
		return failed_as(trial, row->step, row->detail, row->error);
	if (trial->returned == -ECHILD && result->step == row->step && result->detail == row->detail &&
	    result->error == 0 && result->signal == row->error)
		return true;
	show(trial);
	return false;
}

static void fail_row(const void *argument)
{
	const struct row *row = argument;
	struct inventory before;
	struct trial trial;

	arrange(&trial, row);
	before = take_inventory();
	if (attempt(&trial))
		kill_trial(&trial);
	ok(is_as_told(row, &trial) && trial.result.warning_count == row->warnings, "%s is told as %s", row->name,
	   core.step_name(row->step));
	check_nothing_is_left(before);
}

static void spare_row(const void *argument)
{
	const struct row *row = argument;
	struct inventory before;
	struct trial trial;

	arrange(&trial, row);
	trial.request.best_effort |= row->attribute;
	before = take_inventory();
	if (!attempt(&trial))
		show(&trial);
	ok(finish(&trial).kind == SUBPROCESS_EXITED && trial.result.warning_count == row->warnings + 1 &&
		   warned_of(&trial, row->warnings, row->step, row->detail, row->error),
	   "%s can be done without", row->name);
	check_nothing_is_left(before);
}

static bool has_another_way(unsigned needs)
{
	if (needs & (NEEDS_ERROR_PIPE | NEEDS_NO_ERROR_PIPE))
		return true;
	return (needs & NEEDS_SHARED_TABLE) && (capabilities & SUBPROCESS_CAN_SHARE_TABLE);
}

static void try_rows(bool only_spared, void (*function)(const void *))
{
	public_fixture("exit_with");
	mkdir(in_scratch("locked"), 0);
	for (const struct row *row = rows; row < rows + LENGTH(rows); row++) {
		const char *obstacle = find_obstacle(row->needs);

		if (only_spared && row->attribute == 0)
			continue;
		if (obstacle == NULL)
			run_in_sandbox(function, row);
		else if (!has_another_way(row->needs))
			skip(obstacle, "%s", row->name);
	}
	rmdir(in_scratch("locked"));
}

static void fail_rows(void)
{
	try_rows(false, fail_row);
}

static void spare_rows(void)
{
	try_rows(true, spare_row);
}

static void start_and_kill(const void *argument)
{
	static const struct rule rules[] = {{SYS_execve, KILL, ALWAYS}};
	struct subprocess_exit exit;
	struct trial trial;

	(void)argument;
	prepare(&trial, fixture("exit_with"));
	install_rules(rules, LENGTH(rules));
	attempt(&trial);
	ok(trial.returned == 0, "one killed inside of exec counts as started");
	exit = finish(&trial);
	ok(exit.kind == SUBPROCESS_SIGNALLED && exit.value == SIGSYS, "and as killed");
}

static void be_killed_by_exec(void)
{
	if (find_obstacle(NEEDS_SECCOMP) != NULL)
		skip(find_obstacle(NEEDS_SECCOMP), "one killed inside of exec");
	else
		run_in_sandbox(start_and_kill, NULL);
}

void test_failures(void)
{
	run_case("rows", miss_no_step);
	run_case_in_each_mechanism("failures", fail_rows);
	run_case_in_each_mechanism("best effort", spare_rows);
	run_case_in_each_mechanism("killed by exec", be_killed_by_exec);
}
