/* SPDX-License-Identifier: Apache-2.0 */
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "floor.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

#define STACK (64 << 10)

struct plan {
	const char *const *argv;
	int in;
	int out;
};

static int child_half(void *argument)
{
	const struct plan *plan = argument;

	if (plan->in >= 0 && dup2(plan->in, 0) < 0)
		_exit(126);
	if (plan->out >= 0 && dup2(plan->out, 1) < 0)
		_exit(126);
	execve(plan->argv[0], (char *const *)plan->argv, environ);
	_exit(127);
}

struct child bear(const char *const *argv, int in, int out)
{
	static __thread char stack[STACK] __attribute__((aligned(16)));
	struct plan plan = { argv, in, out };
	struct child child;

	child.pid = clone(child_half, stack + STACK, CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD, &plan,
			  &child.pidfd);
	if (child.pid < 0)
		die("clone");
	return child;
}

int end_of(struct child *child)
{
	siginfo_t end;

	if (waitid(P_PIDFD, child->pidfd, &end, WEXITED) != 0)
		die("waitid");
	close(child->pidfd);
	if (end.si_code != CLD_EXITED || end.si_status != 0)
		die("a child has failed");
	return end.si_status;
}
