/* SPDX-License-Identifier: Apache-2.0 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

/* Nobody holds the pipe once all members have ended, or are about to. */
static void listen_to_the_end(int fd)
{
	char text[256];

	while (read(fd, text, sizeof(text)) > 0)
		;
	close(fd);
}

static void count_members(void)
{
	struct subprocess_exit exit = {.size = sizeof(exit)};
	struct trial trial;
	int32_t group;
	int fd;

	adopt_orphans(true);
	prepare(&trial, fixture("fork_tree"));
	add_argument(&trial, "3");
	trial.request.session = SUBPROCESS_SESSION_NEW;
	fd = start_and_listen(&trial);
	group = trial.result.pid;
	ok(core.group_members(group) == 4, "a leader and three others");
	ok(core.signal(trial.result.pidfd, SIGKILL) == 0 &&
		   core.wait(trial.result.pidfd, SUBPROCESS_WAIT_KEEP, &exit) == 1 && core.group_members(group) == 3,
	   "a zombie is not counted");
	ok(core.signal_group(group, 0) == 0, "a group without its leader can be signalled");
	ok(core.signal_group(group, SIGKILL) == 0, "and killed");
	listen_to_the_end(fd);
	/* closing its descriptors is a bit earlier in the end of a process than becoming a zombie */
	while (core.group_members(group) > 0)
		;
	ok(core.group_members(group) == 0, "then nobody is left");
	finish(&trial);
	while (waitpid(-group, NULL, 0) > 0)
		;
	adopt_orphans(false);
	while (core.signal_group(group, 0) == 0)
		;
	ok(core.signal_group(group, 0) == -ESRCH, "and there is no such group");
}

static void leave_unsignalled(void)
{
	ok(core.signal_group(0, 0) == -EINVAL && core.signal_group(1, 0) == -EINVAL &&
		   core.signal_group(-5, 0) == -EINVAL,
	   "groups 0, 1 and below are not signalled");
	ok(core.group_members(0) == -EINVAL && core.group_members(1) == -EINVAL && core.group_members(-5) == -EINVAL,
	   "nor counted");
}

static void count_without_leader_thread(void)
{
	struct trial trial;
	int fd;

	if (own_executable == NULL) {
		skip("cannot spawn itself here", "a process whose first thread has ended is counted");
		return;
	}
	prepare(&trial, own_executable);
	add_argument(&trial, "--leaderless");
	trial.request.session = SUBPROCESS_SESSION_NEW;
	fd = start_and_listen(&trial);
	ok(core.group_members(trial.result.pid) == 1, "a process whose first thread has ended is counted");
	kill_trial(&trial);
	close(fd);
}

void test_groups(void)
{
	run_case_in_all_ways("members", count_members);
	run_case("refused groups", leave_unsignalled);
	run_case("leaderless", count_without_leader_thread);
}
