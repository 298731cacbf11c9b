/* SPDX-License-Identifier: Apache-2.0 */
/* What is refused before birth, and which member is blamed. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "harness.h"

#define OFFSET(member) offsetof(struct subprocess_request, member)

static const char *const empty_list[] = {NULL};

static void break_flags(struct trial *trial) { trial->request.flags = 1; }
static void break_mechanism(struct trial *trial) { trial->request.mechanism = 3; }
static void break_closing(struct trial *trial) { trial->request.closing = 5; }
static void break_session(struct trial *trial) { trial->request.session = 3; }
static void break_group(struct trial *trial) { trial->request.session = 1, trial->request.process_group = -2; }
static void break_group_of_session(struct trial *trial) { trial->request.process_group = 2; }
static void break_count(struct trial *trial) { trial->request.descriptor_count = SUBPROCESS_MAX_DESCRIPTORS + 1; }
static void break_bound(struct trial *trial) { trial->request.close_bound = UINT32_MAX; }
static void break_descriptors(struct trial *trial) { trial->request.descriptor_count = 1; }
static void break_source(struct trial *trial) { map(trial, -1, 3); }
static void break_target(struct trial *trial) { map(trial, 0, -1); }
static void break_two_targets(struct trial *trial) { map(trial, 0, 5), map(trial, 1, 4), map(trial, 2, 5); }
static void break_programs(struct trial *trial) { trial->request.programs = 0; }
static void break_no_program(struct trial *trial) { trial->request.programs = (uintptr_t)empty_list; }
static void break_argv(struct trial *trial) { trial->request.argv = 0; }
static void break_no_argument(struct trial *trial) { trial->request.argv = (uintptr_t)empty_list; }
static void break_envp(struct trial *trial) { trial->request.envp = 0; }
static void break_size(struct trial *trial) { trial->request.size = 0; }
static void cut_before_argv(struct trial *trial) { trial->request.size = OFFSET(argv); }

static const struct {
	const char *name;
	void (*breaks)(struct trial *);
	uint32_t detail;
} refusals[] = {
	{"a flag", break_flags, OFFSET(flags)},
	{"an unknown mechanism", break_mechanism, OFFSET(mechanism)},
	{"an unknown way of closing", break_closing, OFFSET(closing)},
	{"an unknown session", break_session, OFFSET(session)},
	{"a negative group", break_group, OFFSET(process_group)},
	{"a group without its session mode", break_group_of_session, OFFSET(process_group)},
	{"too many descriptors", break_count, OFFSET(descriptor_count)},
	{"a bound beyond all descriptors", break_bound, OFFSET(close_bound)},
	{"a count without descriptors", break_descriptors, OFFSET(descriptors)},
	{"a negative source", break_source, OFFSET(descriptors)},
	{"a negative target", break_target, OFFSET(descriptors)},
	{"one target twice", break_two_targets, OFFSET(descriptors)},
	{"no list of programs", break_programs, OFFSET(programs)},
	{"no program", break_no_program, OFFSET(programs)},
	{"no argv", break_argv, OFFSET(argv)},
	{"an empty argv", break_no_argument, OFFSET(argv)},
	{"no envp", break_envp, OFFSET(envp)},
	{"no size", break_size, OFFSET(size)},
	{"a size that ends before argv", cut_before_argv, OFFSET(argv)},
};

static void refuse_requests(void)
{
	struct trial trial;

	for (size_t index = 0; index < LENGTH(refusals); index++) {
		prepare(&trial, fixture("exit_with"));
		refusals[index].breaks(&trial);
		attempt(&trial);
		ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, refusals[index].detail, EINVAL), "%s is refused",
		   refusals[index].name);
	}
	prepare(&trial, fixture("exit_with"));
	trial.returned = core.spawn(NULL, &trial.result);
	ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, 0, EINVAL), "no request is refused");
	ok(core.spawn(&trial.request, NULL) == -EINVAL, "no result is refused");
}

static void grow_structures(void)
{
	struct {
		struct subprocess_request request;
		uint64_t unknown;
	} request;
	struct {
		struct subprocess_result result;
		uint64_t unknown;
	} result = {.result.size = sizeof(result)};
	struct {
		struct subprocess_exit exit;
		uint64_t unknown;
	} exit = {.exit.size = sizeof(exit)};
	struct trial trial;

	prepare(&trial, fixture("exit_with"));
	request.request = trial.request;
	request.request.size = sizeof(request);
	request.unknown = 0;
	ok(core.spawn(&request.request, &result.result) == 0 && result.result.size == sizeof(result),
	   "larger structures with zeros are taken");
	ok(core.wait(result.result.pidfd, 0, &exit.exit) == 1 && exit.exit.size == sizeof(exit), "an exit record too");
	close(result.result.pidfd);

	exit.unknown = 1;
	ok(core.wait(0, 0, &exit.exit) == -E2BIG, "an exit record with an unknown member is refused");
	result.unknown = 1;
	ok(core.spawn(&request.request, &result.result) == -E2BIG, "a result with an unknown member is refused");
	request.unknown = UINT64_C(1) << 63;
	trial.returned = core.spawn(&request.request, &trial.result);
	ok(failed_as(&trial, SUBPROCESS_STEP_REQUEST, 0, E2BIG), "a request with an unknown member is refused");

	trial.request.size = OFFSET(default_signals);
	trial.request.default_signals = ~UINT64_C(0);
	ok(attempt(&trial), "a smaller request lacks only its last members");
	finish(&trial);
	trial.result.size = offsetof(struct subprocess_result, signal);
	ok(core.spawn(&trial.request, &trial.result) == -EINVAL, "a result too small to tell all is refused");
	exit.exit.size = 8;
	ok(core.wait(0, 0, &exit.exit) == -EINVAL, "an exit record too small is refused");
	ok(core.wait(0, 0, NULL) == -EINVAL, "no exit record is refused");
}

static void name_steps(void)
{
	ok(core.abi() == SUBPROCESS_ABI, "the ABI is that of the header");
#define CHECK_NAME(name, number, text, when, detail)                                                                         \
	ok(strcmp(core.step_name(number), text) == 0, "step %d is called %s", number, text);
	SUBPROCESS_STEPS(CHECK_NAME)
	ok(strcmp(core.step_name(5), "unknown") == 0 && strcmp(core.step_name(0), "unknown") == 0,
	   "other numbers are unknown");
}

void test_requests(void)
{
	run_case("names", name_steps);
	run_case("refusals", refuse_requests);
	run_case("growth", grow_structures);
}
