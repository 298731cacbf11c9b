/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What can be relied on here. A system call that is there need not do what its
 * manual says: emulators turn vfork into fork, sandboxes answer for the kernel.
 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

#define PROBE_STACK_SIZE 4096

struct probe {
	volatile bool child_was_here;
	volatile bool table_was_left;
	int32_t witness; /* a descriptor of the parent that must survive being closed by the child; -1: none */
};

/* Nothing but the witness can be lost, should the kernel close it in the table of the parent. */
static _Noreturn void leave_traces(void *argument)
{
	struct probe *probe = argument;
	uint32_t witness = (uint32_t)probe->witness;

	probe->child_was_here = true;
	if (probe->witness >= 0)
		probe->table_was_left = sys_close_range(witness, witness, CLOSE_RANGE_UNSHARE) == 0;
	sys_exit_group(0);
}

static long bear_child(struct probe *probe, uint64_t table)
{
	_Alignas(16) unsigned char stack[PROBE_STACK_SIZE];
	uint64_t mask = block_signals();
	long pid = sys_clone(CLONE_VM | CLONE_VFORK | table | SIGCHLD, stack + sizeof(stack), NULL, leave_traces, probe);

	restore_signals(mask);
	if (pid > 0)
		reap((int32_t)pid, -1);
	return pid;
}

static bool can_share_table(void)
{
	struct probe probe = {.witness = -1};
	bool can_share;
	int32_t pipe[2];

	if (sys_pipe2(pipe, O_CLOEXEC) < 0)
		return false;
	probe.witness = pipe[0];
	can_share = bear_child(&probe, CLONE_FILES) > 0 && probe.table_was_left && sys_fcntl(pipe[0], F_GETFD, 0) >= 0;
	sys_close(pipe[0]);
	sys_close(pipe[1]);
	return can_share;
}

EXPORTED int32_t subprocess_probe(void)
{
	struct probe probe = {.witness = -1};
	long pid = bear_child(&probe, 0);

	if (pid == -EAGAIN || pid == -ENOMEM)
		return (int32_t)pid;
	if (pid < 0 || !probe.child_was_here)
		return 0;
	return SUBPROCESS_CAN_SHARE_MEMORY | (can_share_table() ? SUBPROCESS_CAN_SHARE_TABLE : 0);
}
