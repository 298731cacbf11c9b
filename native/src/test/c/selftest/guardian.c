/* SPDX-License-Identifier: Apache-2.0 */
/* The guardian, without a JVM: this process holds the lifeline, and lets go of it. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "guardian/guardian.h"
#include "harness.h"

#define SOMEBODY 12345
#define NOBODYS_NUMBER 1000000000 /* above what any kernel gives out */
#define MANY 5000
#define LONGEST_END 5 /* seconds: two by itself, and what a busy machine adds */

struct guardian {
	struct trial trial;
	int lifeline;
};

struct ward {
	struct trial trial;
	int32_t group;
	int output;
};

static void start_ward(struct ward *ward, const char *name, const char *argument, uint32_t session)
{
	prepare(&ward->trial, fixture(name));
	add_argument(&ward->trial, argument);
	ward->trial.request.session = session;
	ward->output = start_and_listen(&ward->trial);
	ward->group = ward->trial.result.pid;
}

/* Whoever is left of it, its leader reaped or not. */
static void end_ward(struct ward *ward)
{
	core.signal_group(ward->group, SIGKILL);
	finish(&ward->trial);
	while (waitpid(-ward->group, NULL, 0) > 0 || core.signal_group(ward->group, SIGKILL) == 0)
		;
	close(ward->output);
}

static void prepare_guardian(struct guardian *guardian)
{
	const char *emulator = getenv("SELFTEST_EMULATOR");

	prepare(&guardian->trial, emulator != NULL ? emulator : public_guardian());
	if (emulator != NULL)
		add_argument(&guardian->trial, public_guardian());
	guardian->trial.request.session = SUBPROCESS_SESSION_NEW;
}

static void launch_guardian(struct guardian *guardian)
{
	int ends[2] = {-1, -1};

	if (pipe2(ends, O_CLOEXEC) != 0)
		abort();
	map(&guardian->trial, ends[0], 0);
	if (!attempt(&guardian->trial)) {
		show(&guardian->trial);
		ok(false, "the guardian is started");
	}
	close(ends[0]);
	guardian->lifeline = ends[1];
}

static void start_guardian(struct guardian *guardian)
{
	prepare_guardian(guardian);
	launch_guardian(guardian);
}

static void say_bytes(const struct guardian *guardian, const void *bytes, size_t size)
{
	if (write(guardian->lifeline, bytes, size) != (ssize_t)size)
		printf("# the lifeline is broken: %s\n", strerror(errno));
}

static void say(const struct guardian *guardian, int32_t operation, int32_t group)
{
	say_bytes(guardian, &(struct guardian_record){operation, group}, sizeof(struct guardian_record));
}

static bool has_state(pid_t pid, char state)
{
	char path[64];
	char text[512] = "";
	const char *found;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (file == NULL)
		return false;
	found = fgets(text, sizeof(text), file) != NULL ? strrchr(text, ')') : NULL;
	fclose(file);
	return found != NULL && found[2] == state;
}

/* Until everything has been read, and the guardian waits for more. */
static void wait_until_heard(const struct guardian *guardian)
{
	int unread = 1;

	while (ioctl(guardian->lifeline, FIONREAD, &unread) == 0 && unread > 0)
		usleep(1000);
	while (!has_state(guardian->trial.result.pid, 'S'))
		usleep(1000);
}

/* How it ends once nobody holds the lifeline any more, -1 when not by itself. */
static int let_go(struct guardian *guardian)
{
	struct timespec before;
	struct timespec after;
	struct subprocess_exit exit;

	clock_gettime(CLOCK_MONOTONIC, &before);
	close(guardian->lifeline);
	exit = finish(&guardian->trial);
	clock_gettime(CLOCK_MONOTONIC, &after);
	if (after.tv_sec - before.tv_sec > LONGEST_END)
		ok(false, "the end took %ld seconds", (long)(after.tv_sec - before.tv_sec));
	return exit.kind == SUBPROCESS_EXITED ? exit.value : -1;
}

static void guard_groups(void)
{
	struct ward tree;
	struct ward stubborn;
	struct ward chain;
	struct ward group;
	struct ward orphans;
	struct ward forgotten;
	struct guardian guardian;

	adopt_orphans(true);
	start_ward(&tree, "fork_tree", "3", SUBPROCESS_SESSION_NEW);
	start_ward(&stubborn, "ignore_sigterm", "", SUBPROCESS_SESSION_NEW);
	start_ward(&chain, "fork_chain", "", SUBPROCESS_SESSION_NEW);
	start_ward(&group, "fork_tree", "1", SUBPROCESS_SESSION_PROCESS_GROUP);
	start_ward(&orphans, "fork_tree", "2", SUBPROCESS_SESSION_NEW);
	start_ward(&forgotten, "fork_tree", "1", SUBPROCESS_SESSION_NEW);
	start_guardian(&guardian);
	say(&guardian, GUARDIAN_WATCH, forgotten.group);
	say(&guardian, GUARDIAN_WATCH, tree.group);
	say(&guardian, GUARDIAN_WATCH, stubborn.group);
	say(&guardian, GUARDIAN_WATCH, chain.group);
	say(&guardian, GUARDIAN_WATCH, group.group);
	say(&guardian, GUARDIAN_WATCH, orphans.group);
	say(&guardian, GUARDIAN_FORGET, forgotten.group);
	say(&guardian, GUARDIAN_FORGET, NOBODYS_NUMBER);
	wait_until_heard(&guardian);
	kill_trial(&orphans.trial);
	ok(core.group_members(orphans.group) == 2, "a leader has ended, and was reaped, before two of its group");

	ok(let_go(&guardian) == GUARDIAN_LEFT_NOBODY, "the guardian ends by itself");
	ok(core.group_members(tree.group) == 0, "a tree has been ended");
	ok(core.group_members(stubborn.group) == 0, "and one that ignores SIGTERM");
	ok(core.group_members(chain.group) == 0, "and one that forked meanwhile");
	ok(core.group_members(group.group) == 0, "and a group in the session of this process");
	ok(core.group_members(orphans.group) == 0, "and what was left of a group without its leader");
	ok(core.group_members(forgotten.group) == 2, "a group that was forgotten lives");
	end_ward(&tree);
	end_ward(&stubborn);
	end_ward(&chain);
	end_ward(&group);
	end_ward(&orphans);
	end_ward(&forgotten);
	adopt_orphans(false);
}

static void keep_apart(void)
{
	static const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGUSR1, SIGUSR2, SIGPIPE,
				      SIGALRM, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU};
	struct guardian guardian;
	struct identity lifeline;
	char path[64];
	char text[256] = "";
	FILE *file;

	start_guardian(&guardian);
	lifeline = identify(guardian.lifeline);
	wait_until_heard(&guardian);
	for (size_t index = 0; index < LENGTH(signals); index++)
		kill(guardian.trial.result.pid, signals[index]);
	wait_until_heard(&guardian);
	ok(has_state(guardian.trial.result.pid, 'S'), "no signal ends it or stops it");
	ok(getsid(guardian.trial.result.pid) == guardian.trial.result.pid, "it has a session of its own");
	snprintf(path, sizeof(path), "/proc/%d/comm", (int)guardian.trial.result.pid);
	file = fopen(path, "re");
	ok(file != NULL && fgets(text, sizeof(text), file) != NULL && strcmp(text, "subproc-guard\n") == 0,
	   "and its name");
	if (file != NULL)
		fclose(file);
	snprintf(path, sizeof(path), "/proc/%d/cwd", (int)guardian.trial.result.pid);
	ok(readlink(path, text, sizeof(text)) == 1 && text[0] == '/', "it keeps no directory busy");
	if (getenv("SELFTEST_EMULATOR") != NULL)
		skip("an emulator has descriptors of its own", "and nothing open but the lifeline");
	else
		ok(has_targets(&guardian.trial, &lifeline, 0), "and nothing open but the lifeline");
	ok(let_go(&guardian) == GUARDIAN_LEFT_NOBODY, "without groups it just ends");
}

static void hear_pieces(void)
{
	struct guardian_record record = {.operation = GUARDIAN_WATCH};
	struct ward first;
	struct ward second;
	struct guardian guardian;

	start_ward(&first, "fork_tree", "0", SUBPROCESS_SESSION_NEW);
	start_ward(&second, "fork_tree", "0", SUBPROCESS_SESSION_NEW);
	start_guardian(&guardian);
	record.group = first.group;
	for (size_t index = 0; index < sizeof(record); index++) {
		say_bytes(&guardian, (char *)&record + index, 1);
		wait_until_heard(&guardian);
	}
	record.group = second.group;
	say_bytes(&guardian, &record, sizeof(record) - 1);
	ok(let_go(&guardian) == GUARDIAN_LEFT_NOBODY && core.group_members(first.group) == 0,
	   "a record may come byte by byte");
	ok(core.group_members(second.group) == 1, "one that lacks a byte at the end does not count");
	end_ward(&first);
	end_ward(&second);
}

static void remember_many(void)
{
	struct ward ward;
	struct guardian guardian;

	start_ward(&ward, "fork_tree", "0", SUBPROCESS_SESSION_NEW);
	start_guardian(&guardian);
	for (int32_t number = 0; number < MANY; number++) {
		if (number == MANY / 2)
			say(&guardian, GUARDIAN_WATCH, ward.group);
		say(&guardian, GUARDIAN_WATCH, NOBODYS_NUMBER + number);
	}
	for (int32_t number = 0; number < MANY; number += 2)
		say(&guardian, GUARDIAN_FORGET, NOBODYS_NUMBER + number);
	ok(let_go(&guardian) == GUARDIAN_LEFT_NOBODY && core.group_members(ward.group) == 0, "one group among %d",
	   MANY);
	end_ward(&ward);
}

static void misunderstand(void)
{
	static const struct guardian_record records[] = {
		{GUARDIAN_WATCH, 1}, {GUARDIAN_WATCH, 0}, {GUARDIAN_WATCH, -1}, {GUARDIAN_FORGET, 0}, {0, 2}, {3, 2},
	};
	struct ward ward;

	start_ward(&ward, "fork_tree", "0", SUBPROCESS_SESSION_NEW);
	for (size_t index = 0; index < LENGTH(records); index++) {
		struct guardian guardian;
		struct subprocess_exit exit;

		start_guardian(&guardian);
		say(&guardian, GUARDIAN_WATCH, ward.group);
		say_bytes(&guardian, &records[index], sizeof(records[index]));
		exit = finish(&guardian.trial);
		ok(exit.kind == SUBPROCESS_EXITED && exit.value == GUARDIAN_MISUNDERSTOOD &&
			   core.group_members(ward.group) == 1,
		   "operation %d on group %d ends the guardian, and nobody else", records[index].operation,
		   records[index].group);
		close(guardian.lifeline);
	}
	end_ward(&ward);
}

static void run_out_of_memory(void)
{
	struct guardian_record record = {.operation = GUARDIAN_WATCH};
	struct guardian guardian;
	struct subprocess_exit exit;

	if (getenv("SELFTEST_EMULATOR") != NULL) {
		skip("a limit would be the emulator's", "a table that cannot grow");
		return;
	}
	prepare_guardian(&guardian);
	add_limit(&guardian.trial, RLIMIT_DATA, 16384, 16384);
	launch_guardian(&guardian);
	for (record.group = NOBODYS_NUMBER; record.group < NOBODYS_NUMBER + MANY; record.group++) {
		if (write(guardian.lifeline, &record, sizeof(record)) < 0)
			break;
	}
	exit = finish(&guardian.trial);
	ok(exit.kind == SUBPROCESS_EXITED && exit.value == GUARDIAN_OUT_OF_MEMORY,
	   "a table that cannot grow ends the guardian");
	ok(write(guardian.lifeline, &record, sizeof(record)) < 0 && errno == EPIPE, "which shows at the lifeline");
	close(guardian.lifeline);
}

static void leave_somebody(void)
{
	struct ward ward;
	struct guardian guardian;

	if (find_obstacle(NEEDS_OTHER_USERS) != NULL) {
		skip(find_obstacle(NEEDS_OTHER_USERS), "a group that may not be killed");
		return;
	}
	start_ward(&ward, "fork_tree", "0", SUBPROCESS_SESSION_NEW);
	prepare_guardian(&guardian);
	ask_for(&guardian.trial, SUBPROCESS_ATTRIBUTE_USER_ID);
	guardian.trial.request.user_id = SOMEBODY;
	launch_guardian(&guardian);
	say(&guardian, GUARDIAN_WATCH, ward.group);
	ok(let_go(&guardian) == GUARDIAN_LEFT_SOMEBODY, "a group that may not be killed does not keep it for ever");
	ok(core.group_members(ward.group) == 1, "and lives");
	end_ward(&ward);
}

/* What the kernel tells of the time at which a process began. */
static unsigned long long start_of(pid_t pid)
{
	char path[64];
	char text[512] = "";
	unsigned long long start = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
	file = fopen(path, "re");
	if (file != NULL && fgets(text, sizeof(text), file) != NULL && strrchr(text, ')') != NULL)
		sscanf(strrchr(text, ')') + 2,
		       "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %llu", &start);
	if (file != NULL)
		fclose(file);
	return start;
}

/* A child with that very number and a group of its own, which does not hold the lifeline; or -1. */
static pid_t fork_as(pid_t pid, const struct guardian *guardian)
{
	/* clone_args, which the headers of older libcs lack */
	uint64_t arguments[] = {0, 0, 0, 0, SIGCHLD, 0, 0, 0, (uintptr_t)&pid, 1};
	pid_t child;

	fflush(stdout);
	child = (pid_t)syscall(SYS_clone3, arguments, sizeof(arguments));
	if (child == 0) {
		close(guardian->lifeline);
		alarm(60);
		for (;;)
			pause();
	}
	if (child > 0)
		setpgid(child, child);
	return child;
}

static void spare_a_stranger(void)
{
	struct ward ward;
	struct guardian guardian;
	unsigned long long before;
	pid_t stranger;
	int status = 0;

	start_ward(&ward, "fork_tree", "0", SUBPROCESS_SESSION_NEW);
	before = start_of(ward.group);
	start_guardian(&guardian);
	say(&guardian, GUARDIAN_WATCH, ward.group);
	wait_until_heard(&guardian);
	end_ward(&ward);
	stranger = fork_as(ward.group, &guardian);
	/* the kernel counts in ticks */
	while (stranger > 0 && start_of(stranger) == before) {
		kill(stranger, SIGKILL);
		waitpid(stranger, NULL, 0);
		usleep(1000);
		stranger = fork_as(ward.group, &guardian);
	}
	if (stranger < 0) {
		skip("needs the right to choose a pid", "a number that has become somebody else's");
		let_go(&guardian);
		return;
	}
	ok(let_go(&guardian) == GUARDIAN_LEFT_NOBODY && waitpid(stranger, &status, WNOHANG) == 0,
	   "a number that has become somebody else's");
	kill(stranger, SIGKILL);
	waitpid(stranger, NULL, 0);
}

void test_guardian(void)
{
	/* as in a JVM */
	void (*before)(int) = signal(SIGPIPE, SIG_IGN);

	run_case("groups", guard_groups);
	run_case("apart", keep_apart);
	run_case("pieces", hear_pieces);
	run_case("many", remember_many);
	run_case("misunderstood", misunderstand);
	run_case("out of memory", run_out_of_memory);
	run_case("somebody left", leave_somebody);
	run_case("strangers", spare_a_stranger);
	signal(SIGPIPE, before);
}
