/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The child, from birth to exec.
 *
 * It runs on memory that it shares with the parent, on a stack inside the
 * parent's frame, while one thread of the parent is stopped and all others run
 * on. Therefore it allocates nothing, looks nothing up, returns nowhere, and
 * calls nothing but the system calls of sys.h and the files that do the same.
 * All signals stay blocked until the last step.
 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

/*
 * Where memory turns out not to be shared, these are all that the parent gets
 * to know of the candidates, and the pipe holds so many while nobody reads.
 */
#define CANDIDATES_WRITTEN 128

#define EXIT_CODE_OF_A_FAILURE 127

static void write_record(const struct birth *birth)
{
	struct record record = {
		.step = birth->progress.step,
		.detail = birth->progress.detail,
		.error = birth->progress.error,
		.closing = birth->progress.closing,
	};

	while (sys_write(birth->error_pipe, &record, sizeof(record)) == -EINTR)
		;
}

static void begin(struct birth *birth, uint32_t step, uint32_t detail)
{
	birth->progress.step = step;
	birth->progress.detail = detail;
	/* vfork says this much, so that the parent is not deceived where vfork is a fork in disguise */
	if (birth->every_step_is_written || (step == SUBPROCESS_STEP_EXEC && detail < CANDIDATES_WRITTEN))
		write_record(birth);
}

static _Noreturn void fail(struct birth *birth, long error)
{
	birth->progress.error = (int32_t)-error;
	write_record(birth);
	sys_exit_group(EXIT_CODE_OF_A_FAILURE);
}

static void require(struct birth *birth, long result)
{
	if (result < 0)
		fail(birth, result);
}

/*
 * Busy means that somebody holds the file open for writing, most often another
 * child between its birth and its exec: that ends soon.
 */
static long execute(const struct birth *birth, const char *program)
{
	struct sys_timespec pause = {.nanoseconds = 1000000};
	long error = sys_execve(program, birth->argv, birth->envp);

	for (int tries = 0; error == -ETXTBSY && tries < 6; tries++) {
		sys_nanosleep(&pause);
		pause.nanoseconds *= 2;
		error = sys_execve(program, birth->argv, birth->envp);
	}
	return error;
}

static bool is_worth_another_candidate(long error)
{
	switch (-error) {
	case ENOENT:
	case ENOTDIR:
	case EACCES:
	case ENODEV:
	case ESTALE:
	case ETIMEDOUT:
		return true;
	default:
		return false;
	}
}

/* The precedence of execvp: a program that may not be run outdoes one that is not there. */
static _Noreturn void become_program(struct birth *birth)
{
	long told = 0;
	uint32_t guilty = 0;

	for (uint32_t index = 0; birth->programs[index] != NULL; index++) {
		long error;

		begin(birth, SUBPROCESS_STEP_EXEC, index);
		error = execute(birth, birth->programs[index]);
		if (told != -EACCES || !is_worth_another_candidate(error)) {
			told = error;
			guilty = index;
		}
		if (!is_worth_another_candidate(error))
			break;
	}
	birth->progress.detail = guilty;
	fail(birth, told);
}

_Noreturn void live_until_exec(void *argument)
{
	struct birth *birth = argument;
	const struct subprocess_request *request = &birth->request;

	birth->memory_is_shared = true;

	begin(birth, SUBPROCESS_STEP_DESCRIPTORS, 0);
	require(birth, lift_descriptors(birth));
	require(birth, place_descriptors(birth));

	if (request->session == SUBPROCESS_SESSION_NEW) {
		begin(birth, SUBPROCESS_STEP_SESSION, 0);
		require(birth, sys_setsid());
	}
	if (request->session == SUBPROCESS_SESSION_PROCESS_GROUP) {
		begin(birth, SUBPROCESS_STEP_PROCESS_GROUP, (uint32_t)request->process_group);
		require(birth, sys_setpgid(0, request->process_group));
	}
	if (birth->working_directory != NULL) {
		begin(birth, SUBPROCESS_STEP_CHDIR, 0);
		require(birth, sys_chdir(birth->working_directory));
	}

	begin(birth, SUBPROCESS_STEP_CLOSE, request->closing);
	require(birth, close_descriptors(birth));

	begin(birth, SUBPROCESS_STEP_SIGNALS, 0);
	require(birth, reset_dispositions(birth));
	require(birth, empty_signal_mask());

	become_program(birth);
}
