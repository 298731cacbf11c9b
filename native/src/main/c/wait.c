/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The end of a child. Always one child, named by its pidfd: what other parts
 * of the process have spawned is theirs to wait for.
 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

static long wait_for(int32_t kind, int32_t number, struct sys_siginfo *info, int32_t options, struct sys_rusage *usage)
{
	long error;

	do {
		info->pid = 0;
		error = sys_waitid(kind, number, info, WEXITED | WALL | options, usage);
	} while (error == -EINTR);
	return error;
}

/*
 * -ECHILD needs no care: where SIGCHLD is ignored the kernel has reaped the child.
 * After any other error it is tried again: nobody else will.
 */
int32_t reap(int32_t pid, int32_t pidfd)
{
	struct sys_siginfo info = {0};
	long error = -EINVAL;

	if (pidfd >= 0)
		error = wait_for(P_PIDFD, pidfd, &info, 0, NULL);
	for (int tries = 0; error < 0 && error != -ECHILD && tries < 2; tries++)
		error = wait_for(P_PID, pid, &info, 0, NULL);
	if (error < 0 || info.code == CLD_EXITED)
		return 0;
	return info.status;
}

static int64_t microseconds(struct sys_timeval time)
{
	return time.seconds * 1000000 + time.microseconds;
}

static void decode(const struct sys_siginfo *info, const struct sys_rusage *usage, struct subprocess_exit *exit)
{
	exit->kind = info->code == CLD_EXITED ? SUBPROCESS_EXITED : SUBPROCESS_SIGNALLED;
	exit->value = info->status;
	exit->core_dumped = info->code == CLD_DUMPED;
	exit->user_micros = microseconds(usage->user_time);
	exit->system_micros = microseconds(usage->system_time);
	exit->max_rss_kib = usage->max_rss;
	exit->minor_faults = usage->minor_faults;
	exit->major_faults = usage->major_faults;
	exit->blocks_in = usage->blocks_in;
	exit->blocks_out = usage->blocks_out;
	exit->voluntary_switches = usage->voluntary_switches;
	exit->involuntary_switches = usage->involuntary_switches;
}

EXPORTED int32_t subprocess_wait(int32_t pidfd, uint32_t flags, struct subprocess_exit *exit)
{
	struct sys_siginfo info = {0};
	struct sys_rusage usage = {0};
	int32_t options = 0;
	long error;

	if (flags & ~(uint32_t)(SUBPROCESS_WAIT_NOHANG | SUBPROCESS_WAIT_KEEP))
		return -EINVAL;
	if (exit == NULL || exit->size < sizeof(*exit))
		return -EINVAL;
	error = check_size(exit, sizeof(*exit));
	if (error < 0)
		return (int32_t)error;
	if (flags & SUBPROCESS_WAIT_NOHANG)
		options |= WNOHANG;
	if (flags & SUBPROCESS_WAIT_KEEP)
		options |= WNOWAIT;
	if (pidfd >= 0)
		error = wait_for(P_PIDFD, pidfd, &info, options, &usage);
	else if (pidfd < -1)
		error = wait_for(P_PID, -pidfd, &info, options, &usage);
	else
		error = -EBADF;
	if (error < 0)
		return (int32_t)error;
	if (info.pid == 0)
		return 0;
	decode(&info, &usage, exit);
	return 1;
}

EXPORTED int32_t subprocess_signal(int32_t pidfd, int32_t signal)
{
	if (pidfd >= -1)
		return (int32_t)sys_pidfd_send_signal(pidfd, signal);
	return (int32_t)sys_kill(-pidfd, signal);
}
