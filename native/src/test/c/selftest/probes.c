/* SPDX-License-Identifier: Apache-2.0 */
/* What the library says of this machine, held against the machine and against sandboxes. */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness.h"

#define EVERYTHING (SUBPROCESS_CAN_SHARE_MEMORY | SUBPROCESS_CAN_SHARE_TABLE)

static bool vfork_shares_memory(void)
{
	volatile bool shared = false;

	if (vfork() == 0) {
		shared = true;
		_exit(0);
	}
	while (waitpid(-1, NULL, 0) < 0)
		;
	return shared;
}

static void probe_machine(void)
{
	uint64_t before = 0;
	uint64_t after = 0;
	int same = 0;

	ok((capabilities & ~(uint32_t)EVERYTHING) == 0, "the answer is made of known bits: %u", capabilities);
	ok(memory_is_shared == vfork_shares_memory(), "memory is shared as vfork() shares it: %d", memory_is_shared);
	ok(capabilities != SUBPROCESS_CAN_SHARE_TABLE, "without the memory no table is shared");
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &before, 8);
	for (int round = 0; round < 50; round++)
		same += core.probe() == (int32_t)capabilities;
	syscall(SYS_rt_sigprocmask, SIG_BLOCK, NULL, &after, 8);
	ok(same == 50 && before == after, "50 times the same, and the signal mask is what it was");
}

/* Nobody could tell a program that runs from one that could not be started. */
static void believe_too_much(void)
{
	struct trial trial;

	if (memory_is_shared) {
		skip("memory is shared here", "a caller who thinks so");
		return;
	}
	prepare(&trial, fixture("exit_with"));
	trial.request.flags = SUBPROCESS_CAN_SHARE_MEMORY;
	ok(!attempt(&trial) && trial.returned == -ECHILD && trial.result.step == SUBPROCESS_STEP_LOST &&
		   trial.result.signal == SIGKILL,
	   "a program that is born on memory of its own, against what a caller says, is ended");
}

static void use_up_descriptors(void)
{
	limit_descriptors((uint64_t)lowest_free());
}

static void ignore_children(void)
{
	signal(SIGCHLD, SIG_IGN);
}

/* `lost` is what a sandbox takes away from the answer of the machine. */
static const struct sandbox {
	const char *name;
	int32_t answer; /* 0: the machine's own, less what is lost */
	uint32_t lost;
	void (*arrange)(void);
	struct rule rules[2];
} sandboxes[] = {
	{"no close_range", 0, SUBPROCESS_CAN_SHARE_TABLE, NULL, {{SYS_close_range, ENOSYS, ALWAYS}}},
	{"no memory for a table", 0, SUBPROCESS_CAN_SHARE_TABLE, NULL, {{SYS_close_range, ENOMEM, IF_UNSHARES}}},
	{"death for who unshares", 0, SUBPROCESS_CAN_SHARE_TABLE, NULL, {{SYS_close_range, KILL, IF_UNSHARES}}},
	{"no CLONE_FILES", 0, SUBPROCESS_CAN_SHARE_TABLE, NULL, {{SYS_clone, EPERM, IF_BIT(1, CLONE_FILES)}}},
	{"no descriptors", 0, SUBPROCESS_CAN_SHARE_TABLE, use_up_descriptors, {{0}}},
	{"ignored SIGCHLD", 0, 0, ignore_children, {{0}}},
	{"no vfork", 0, EVERYTHING, NULL, {{SYS_clone, EINVAL, IF_BIT(1, CLONE_VFORK)}}},
	{"no more processes", -EAGAIN, 0, NULL, {{SYS_clone, EAGAIN, ALWAYS}}},
	{"no memory for a process", -ENOMEM, 0, NULL, {{SYS_clone, ENOMEM, ALWAYS}}},
};

static void probe_sandbox(const void *argument)
{
	const struct sandbox *sandbox = argument;
	int32_t expected = sandbox->answer != 0 ? sandbox->answer : (int32_t)(capabilities & ~sandbox->lost);
	struct inventory before;
	int32_t answer;

	if (sandbox->arrange != NULL)
		sandbox->arrange();
	install_rules(sandbox->rules, LENGTH(sandbox->rules));
	before = take_inventory();
	answer = core.probe();
	ok(answer == expected, "%s: %d", sandbox->name, answer);
	check_nothing_is_left(before);
}

static void probe_sandboxes(void)
{
	for (size_t index = 0; index < LENGTH(sandboxes); index++) {
		const struct sandbox *sandbox = &sandboxes[index];
		const char *obstacle = sandbox->rules[0].error != 0 ? find_obstacle(NEEDS_SECCOMP) : NULL;

		if (obstacle != NULL)
			skip(obstacle, "%s", sandbox->name);
		else
			run_in_sandbox(probe_sandbox, sandbox);
	}
}

void test_probes(void)
{
	run_case("probe", probe_machine);
	run_case("belief", believe_too_much);
	run_case("probe in sandboxes", probe_sandboxes);
}
