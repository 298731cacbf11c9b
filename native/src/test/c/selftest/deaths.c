/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The death signal. To the kernel the parent is the thread that spawned: the
 * signal comes when that thread ends, and not only when its process does.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define SOMEBODY 12345
#define A_WHILE 100000 /* microseconds in which what must not happen has not happened */
#define EXIT_CODE_OF_A_FAILURE 127

struct life {
	const char *name;
	uint32_t signal; /* 0: the child is not bound to its parent */
	uint32_t user; /* 0: the same */
	unsigned needs;
};

static const struct life lives[] = {
	{"bound by SIGKILL", SIGKILL, 0, 0},
	{"bound by SIGTERM", SIGTERM, 0, 0},
	{"bound, and another user", SIGTERM, SOMEBODY, NEEDS_OTHER_USERS},
	{"not bound", 0, 0, 0},
};

static void bind(struct trial *trial, uint32_t signal)
{
	if (signal == 0)
		return;
	ask_for(trial, SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL);
	trial->request.death_signal = signal;
}

/* Soon, or never. */
static bool reap_soon(pid_t pid, int *status)
{
	for (int tries = 0; tries < 5000; tries++) {
		if (waitpid(pid, status, WNOHANG) != 0)
			return true;
		usleep(1000);
	}
	kill(pid, SIGKILL);
	waitpid(pid, status, 0);
	return false;
}

/* A process of which the child is told, and which is then killed. */
static _Noreturn void be_a_parent(const struct life *life, int out)
{
	struct trial trial;
	int32_t pid = 0;

	alarm(60);
	prepare(&trial, public_fixture("fork_tree"));
	add_argument(&trial, "0");
	bind(&trial, life->signal);
	if (life->user != 0) {
		ask_for(&trial, SUBPROCESS_ATTRIBUTE_USER_ID);
		trial.request.user_id = life->user;
	}
	map(&trial, open("/dev/null", O_WRONLY | O_CLOEXEC), 1);
	if (attempt(&trial))
		pid = trial.result.pid;
	if (write(out, &pid, sizeof(pid)) != sizeof(pid))
		_exit(1);
	for (;;)
		pause();
}

static void live_a_life(const struct life *life)
{
	int32_t child = 0;
	int status = 0;
	int ends[2];
	pid_t parent;

	if (pipe2(ends, O_CLOEXEC) != 0)
		return;
	fflush(stdout);
	parent = fork();
	if (parent == 0)
		be_a_parent(life, ends[1]);
	close(ends[1]);
	if (read(ends[0], &child, sizeof(child)) != sizeof(child) || child == 0) {
		ok(false, "%s: it is born", life->name);
	} else {
		usleep(A_WHILE / 10);
		ok(kill(child, 0) == 0, "%s: it lives as long as its parent", life->name);
	}
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	if (child > 0 && life->signal != 0) {
		/* an orphan is this process's to wait for */
		ok(reap_soon(child, &status) && WIFSIGNALED(status) && WTERMSIG(status) == (int)life->signal,
		   "%s: it dies with its parent", life->name);
	} else if (child > 0) {
		usleep(A_WHILE);
		ok(waitpid(child, &status, WNOHANG) == 0, "%s: it outlives its parent", life->name);
		kill(child, SIGKILL);
		waitpid(child, &status, 0);
	}
	close(ends[0]);
}

static void live_lives(void)
{
	adopt_orphans(true);
	public_fixture("fork_tree");
	for (size_t index = 0; index < LENGTH(lives); index++) {
		const char *obstacle = find_obstacle(lives[index].needs | NEEDS_ORPHANS);

		if (obstacle != NULL)
			skip(obstacle, "%s", lives[index].name);
		else
			live_a_life(&lives[index]);
	}
	adopt_orphans(false);
}

struct spawner {
	pthread_t thread;
	struct trial trial;
	int orders[2];
	int answers[2];
};

static void *spawn_and_wait(void *argument)
{
	struct spawner *spawner = argument;
	char byte = 0;

	attempt(&spawner->trial);
	if (write(spawner->answers[1], &byte, 1) != 1 || read(spawner->orders[0], &byte, 1) < 0)
		ok(false, "the thread was told to end");
	return NULL;
}

static void outlive_no_thread(void)
{
	struct subprocess_exit exit = {.size = sizeof(exit)};
	struct spawner spawner;
	char byte = 0;

	if (pipe2(spawner.orders, O_CLOEXEC) != 0 || pipe2(spawner.answers, O_CLOEXEC) != 0)
		return;
	prepare(&spawner.trial, fixture("fork_tree"));
	add_argument(&spawner.trial, "0");
	map(&spawner.trial, spawner.answers[1], 1);
	bind(&spawner.trial, SIGTERM);
	pthread_create(&spawner.thread, NULL, spawn_and_wait, &spawner);
	if (read(spawner.answers[0], &byte, 1) != 1)
		ok(false, "the thread has spawned");
	usleep(A_WHILE);
	ok(core.wait(spawner.trial.result.pidfd, SUBPROCESS_WAIT_NOHANG, &exit) == 0,
	   "a child lives on while the thread lives that spawned it");
	close(spawner.orders[1]);
	pthread_join(spawner.thread, NULL);
	for (int tries = 0; tries < 5000; tries++) {
		if (core.wait(spawner.trial.result.pidfd, SUBPROCESS_WAIT_NOHANG | SUBPROCESS_WAIT_KEEP, &exit) != 0)
			break;
		usleep(1000);
	}
	if (exit.kind == 0)
		core.signal(spawner.trial.result.pidfd, SIGKILL);
	exit = finish(&spawner.trial);
	ok(exit.kind == SUBPROCESS_SIGNALLED && exit.value == SIGTERM, "and dies when that thread ends");
	close(spawner.orders[0]);
	close(spawner.answers[0]);
	close(spawner.answers[1]);
}

static void freeze(bool frozen)
{
	char path[1024];
	int fd;

	snprintf(path, sizeof(path), "%s/cgroup.freeze", cgroup_folder());
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, frozen ? "1" : "0", 1) != 1)
		printf("# the cgroup cannot be frozen: %d\n", errno);
	close(fd);
}

static pid_t member_of_cgroup(void)
{
	char path[1024];
	int pid = 0;

	snprintf(path, sizeof(path), "%s/cgroup.procs", cgroup_folder());
	for (int tries = 0; pid == 0 && tries < 5000; tries++) {
		FILE *file = fopen(path, "re");

		if (file != NULL && fscanf(file, "%d", &pid) != 1)
			pid = 0;
		if (file != NULL)
			fclose(file);
		usleep(1000);
	}
	return pid;
}

static _Noreturn void bear_frozen(int out)
{
	struct trial trial;

	alarm(60);
	prepare(&trial, public_fixture("echo_args"));
	add_argument(&trial, "the program has run");
	bind(&trial, SIGTERM);
	ask_for(&trial, SUBPROCESS_ATTRIBUTE_CGROUP);
	trial.request.cgroup = open(cgroup_folder(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	map(&trial, out, 1);
	attempt(&trial);
	_exit(0);
}

/* The parent dies while its child is held up before it could ask for the signal. */
static void die_too_early(void)
{
	const char *obstacle = find_obstacle(NEEDS_CGROUP | NEEDS_ORPHANS);
	char output[64];
	int status = 0;
	int ends[2];
	pid_t parent;
	pid_t child;

	if (obstacle != NULL || pipe2(ends, O_CLOEXEC) != 0) {
		skip(obstacle != NULL ? obstacle : "no pipe", "a parent that dies before the signal was asked for");
		return;
	}
	adopt_orphans(true);
	public_fixture("echo_args");
	freeze(true);
	fflush(stdout);
	parent = fork();
	if (parent == 0)
		bear_frozen(ends[1]);
	close(ends[1]);
	child = member_of_cgroup();
	kill(parent, SIGKILL);
	waitpid(parent, NULL, 0);
	freeze(false);
	ok(child > 0 && read(ends[0], output, sizeof(output)) == 0, "a child whose parent died too early runs nothing");
	ok(reap_soon(child, &status) && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_CODE_OF_A_FAILURE,
	   "and ends by itself: %#x", status);
	close(ends[0]);
	adopt_orphans(false);
}

void test_deaths(void)
{
	run_case_in_each_mechanism("death signal", live_lives);
	run_case_in_each_mechanism("death of a thread", outlive_no_thread);
	run_case_in_each_mechanism("early death", die_too_early);
}
