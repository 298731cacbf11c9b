/* SPDX-License-Identifier: Apache-2.0 */
/* How a program ends, what it used, and signals through the pidfd. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

static struct subprocess_exit end_of(const char *program, const char *argument)
{
	struct trial trial;

	prepare(&trial, fixture(program));
	add_argument(&trial, argument);
	attempt(&trial);
	return finish(&trial);
}

static void decode_exits(void)
{
	static const char *const codes[] = {"0", "1", "127", "255"};
	static const char *const signals[] = {"9", "15", "1", "34"};

	for (size_t index = 0; index < LENGTH(codes); index++) {
		struct subprocess_exit exit = end_of("exit_with", codes[index]);

		ok(exit.kind == SUBPROCESS_EXITED && exit.value == atoi(codes[index]) && exit.core_dumped == 0,
		   "exit code %s", codes[index]);
	}
	for (size_t index = 0; index < LENGTH(signals); index++) {
		struct subprocess_exit exit = end_of("kill_self", signals[index]);

		if (atoi(signals[index]) > 31 && !memory_is_shared) {
			skip("qemu numbers real-time signals anew", "signal %s", signals[index]);
			continue;
		}
		ok(exit.kind == SUBPROCESS_SIGNALLED && exit.value == atoi(signals[index]) && exit.core_dumped == 0,
		   "signal %s", signals[index]);
	}
}

/* The C library's word on whether a core is dumped here, for the same program. */
static bool dumps_cores(void)
{
	int status = 0;
	pid_t pid = fork();

	if (pid == 0) {
		execl(fixture("kill_self"), "kill_self", "6", (char *)NULL);
		_exit(1);
	}
	waitpid(pid, &status, 0);
	return WIFSIGNALED(status) && WCOREDUMP(status);
}

static void dump_core(const void *argument)
{
	struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
	struct subprocess_exit exit;
	bool expected;

	(void)argument;
	if (chdir(scratch) != 0 || setrlimit(RLIMIT_CORE, &limit) != 0) {
		skip("cores are forbidden here", "core");
		return;
	}
	expected = dumps_cores();
	exit = end_of("kill_self", "6");
	ok(exit.kind == SUBPROCESS_SIGNALLED && exit.value == SIGABRT && exit.core_dumped == expected,
	   "SIGABRT, core dumped: %u", exit.core_dumped);
	ok(system("rm -f core core.*") == 0, "the core is gone");
}

static void dump_cores(void)
{
	run_in_sandbox(dump_core, NULL);
}

static void count_usage(void)
{
	struct trial trial;
	struct subprocess_exit exit;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	prepare(&trial, fixture("flood_stdout"));
	add_argument(&trial, "1000000");
	map(&trial, null, 1);
	attempt(&trial);
	exit = finish(&trial);
	ok(exit.kind == SUBPROCESS_EXITED && exit.max_rss_kib > 0 && exit.minor_faults > 0 &&
		   exit.user_micros + exit.system_micros > 0,
	   "usage: %lld us, %lld KiB, %lld faults", (long long)(exit.user_micros + exit.system_micros),
	   (long long)exit.max_rss_kib, (long long)exit.minor_faults);
	close(null);
}

static void wait_in_all_ways(void)
{
	struct subprocess_exit exit = {.size = sizeof(exit)};
	struct trial trial;
	int32_t pidfd;
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	prepare(&trial, fixture("ignore_sigterm"));
	map(&trial, null, 1);
	attempt(&trial);
	close(null);
	pidfd = trial.result.pidfd;
	ok((fcntl(pidfd, F_GETFD) & FD_CLOEXEC) != 0, "the pidfd is close-on-exec");
	ok(core.wait(pidfd, SUBPROCESS_WAIT_NOHANG, &exit) == 0 && exit.kind == 0, "it still runs");
	ok(core.signal(pidfd, 0) == 0, "signal 0 finds it");
	ok(core.signal(pidfd, 65) == -EINVAL, "there is no signal 65");
	ok(core.signal(pidfd, SIGSTOP) == 0 && core.wait(pidfd, SUBPROCESS_WAIT_NOHANG, &exit) == 0,
	   "a stopped child has not ended");
	ok(core.signal(pidfd, SIGKILL) == 0, "it is killed");
	ok(core.wait(pidfd, SUBPROCESS_WAIT_KEEP, &exit) == 1 && exit.kind == SUBPROCESS_SIGNALLED &&
		   exit.value == SIGKILL,
	   "its end is seen");
	ok(core.wait(pidfd, SUBPROCESS_WAIT_KEEP | SUBPROCESS_WAIT_NOHANG, &exit) == 1, "and seen again");
	ok(core.signal(pidfd, 0) == 0, "a zombie can be signalled");
	ok(core.wait(pidfd, 0, &exit) == 1 && exit.value == SIGKILL, "and reaped");
	ok(core.wait(pidfd, 0, &exit) == -ECHILD, "once");
	ok(core.signal(pidfd, 0) == -ESRCH, "then it is gone");
	ok(core.wait(pidfd, 4, &exit) == -EINVAL, "unknown flags are refused");
	close(pidfd);
	ok(core.wait(pidfd, 0, &exit) == -EBADF && core.signal(pidfd, 0) == -EBADF, "a closed pidfd is none");
	ok(core.wait(0, 0, &exit) < 0 && core.signal(0, 0) < 0, "another descriptor is none");
}

void test_exits(void)
{
	run_case_in_all_ways("exits", decode_exits);
	run_case("core", dump_cores);
	run_case("usage", count_usage);
	run_case_in_all_ways("waiting", wait_in_all_ways);
}
