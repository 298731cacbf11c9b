/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lets a program decide about the system calls of the calling thread, of the
 * threads that it makes and of their children (seccomp_unotify(2)). See
 * fixtures/inject_faults.c.
 *
 * While a call waits for its decision the JVM may wait for the thread, and all
 * its other threads with it. So the program is started, and served, by a thread
 * that the JVM does not know.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../include/notification.h"

#define NUMBER_OF_THE_CALL 0

/* The next instruction is for the call, the one after it for all others. */
#define PASS(number) {FILTER_JUMP_IF_EQUAL, 0, 1, (number)}, {FILTER_RETURN, 0, 0, FILTER_PASSES}

/*
 * Those that the JVM makes for itself in any thread, at any time: memory, locks,
 * time. And those that cannot fail.
 */
static struct filter_instruction instructions[] = {
	{FILTER_LOAD, 0, 0, NUMBER_OF_THE_CALL},
	PASS(__NR_mmap),
	PASS(__NR_munmap),
	PASS(__NR_mremap),
	PASS(__NR_mprotect),
	PASS(__NR_madvise),
	PASS(__NR_brk),
	PASS(__NR_futex),
	PASS(__NR_sched_yield),
	PASS(__NR_sched_getaffinity),
	PASS(__NR_clock_gettime),
	PASS(__NR_clock_nanosleep),
	PASS(__NR_nanosleep),
	PASS(__NR_restart_syscall),
	PASS(__NR_gettid),
	PASS(__NR_getpid),
	PASS(__NR_getrandom),
	PASS(__NR_set_robust_list),
	PASS(__NR_rseq),
	PASS(__NR_rt_sigreturn),
	PASS(__NR_exit),
	PASS(__NR_exit_group),
	{FILTER_RETURN, 0, 0, FILTER_NOTIFIES},
};

enum { COMMANDS, ANSWERS, REQUESTS, DONE, COUNT_OF_PIPES };

struct decider {
	char program[4096];
	int thread; /* the one that is decided about */
	int pipes[COUNT_OF_PIPES][2];
	atomic_int listener; /* 0: not yet, or -errno */
};

static struct decider decider;

static void become_decider(int listener)
{
	const int wanted[] = {decider.pipes[COMMANDS][0], decider.pipes[ANSWERS][1], 2, listener,
			      decider.pipes[REQUESTS][1], decider.pipes[DONE][0]};
	const int count = sizeof(wanted) / sizeof(*wanted);
	int sources[sizeof(wanted) / sizeof(*wanted)];
	char process[16];
	char thread[16];

	snprintf(process, sizeof(process), "%d", getppid());
	snprintf(thread, sizeof(thread), "%d", decider.thread);
	/* above all targets first: one may lie in the place of another */
	for (int index = 0; index < count; index++)
		sources[index] = fcntl(wanted[index], F_DUPFD, count);
	for (int index = 0; index < count; index++)
		dup2(sources[index], index);
	syscall(SYS_close_range, count, ~0U, 0);
	execl(decider.program, decider.program, process, thread, (char *)NULL);
	_exit(127);
}

/* A close(2) that was made to fail closes its descriptor all the same. */
static void serve(void)
{
	int descriptor;

	while (read(decider.pipes[REQUESTS][0], &descriptor, sizeof(descriptor)) == sizeof(descriptor)) {
		int error = close(descriptor) == 0 ? 0 : errno;

		if (write(decider.pipes[DONE][1], &error, sizeof(error)) != sizeof(error))
			return;
	}
}

static void *start_and_serve(void *unused)
{
	int listener;
	pid_t pid;

	(void)unused;
	while ((listener = atomic_load(&decider.listener)) == 0)
		usleep(100);
	if (listener < 0)
		return NULL;
	pid = fork();
	if (pid == 0)
		become_decider(listener);
	close(listener);
	close(decider.pipes[COMMANDS][0]);
	close(decider.pipes[ANSWERS][1]);
	close(decider.pipes[REQUESTS][1]);
	close(decider.pipes[DONE][0]);
	serve();
	return NULL;
}

static int listen_to_this_thread(void)
{
	struct filter_program filter = {sizeof(instructions) / sizeof(*instructions), instructions};
	long descriptor;

	if (geteuid() != 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -errno;
	descriptor = syscall(SYS_seccomp, FILTER_MODE, FILTER_WITH_LISTENER, &filter);
	return descriptor < 0 ? -errno : (int)descriptor;
}

/*
 * Once for each process. Gives the ends of two pipes to the program: commands
 * are written to the first, answers are read from the second. Returns 0 or -errno.
 */
int faults_decide(const char *program, int *ends)
{
	pthread_t server;
	int listener;

	snprintf(decider.program, sizeof(decider.program), "%s", program);
	decider.thread = (int)syscall(SYS_gettid);
	for (int index = 0; index < COUNT_OF_PIPES; index++) {
		if (pipe2(decider.pipes[index], O_CLOEXEC) != 0)
			return -errno;
	}
	ends[0] = decider.pipes[COMMANDS][1];
	ends[1] = decider.pipes[ANSWERS][0];
	if (pthread_create(&server, NULL, start_and_serve, NULL) != 0)
		return -EAGAIN;
	listener = listen_to_this_thread();
	atomic_store(&decider.listener, listener);
	return listener < 0 ? listener : 0;
}
