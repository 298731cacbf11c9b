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

static void keep_refusal(struct birth *birth, const struct record *record)
{
	uint32_t count = birth->refusal_count;

	if (count == SUBPROCESS_MAX_WARNINGS)
		return;
	birth->refusals[count] = *record;
	birth->refusal_count = count + 1;
}

/* Where memory is shared there is no pipe: progress tells the rest. */
static long tell(struct birth *birth, uint16_t kind, long error)
{
	long written;
	const struct record record = {
		.step = birth->progress.step,
		.detail = birth->progress.detail,
		.error = (int32_t)-error,
		.closing = birth->progress.closing,
		.kind = kind,
	};

	if (birth->error_pipe < 0) {
		if (kind == STEP_REFUSED)
			keep_refusal(birth, &record);
		return 0;
	}
	do {
		written = sys_write(birth->error_pipe, &record, sizeof(record));
	} while (written == -EINTR);
	return written;
}

/*
 * Where nothing has shown that memory is shared, vfork says this much, so that
 * the parent is not deceived by a fork in disguise.
 */
static bool is_written(const struct birth *birth, uint32_t step, uint32_t detail)
{
	if (birth->every_step_is_written)
		return true;
	if (birth->request.flags & SUBPROCESS_CAN_SHARE_MEMORY)
		return false;
	return step == SUBPROCESS_STEP_EXEC && detail < CANDIDATES_WRITTEN;
}

static _Noreturn void give_up(struct birth *birth, long error)
{
	birth->progress.kind = STEP_FAILED;
	birth->progress.error = (int32_t)-error;
	sys_exit_group(EXIT_CODE_OF_A_FAILURE);
}

static _Noreturn void fail(struct birth *birth, long error)
{
	tell(birth, STEP_FAILED, error);
	give_up(birth, error);
}

/* For the parent would take a program that runs for one that does not, or what was refused for granted. */
static void tell_or_fail(struct birth *birth, uint16_t kind, long error)
{
	long told = tell(birth, kind, error);

	if (told >= 0)
		return;
	birth->progress.step = SUBPROCESS_STEP_ERROR_PIPE;
	birth->progress.detail = 0;
	fail(birth, told);
}

static void begin(struct birth *birth, uint32_t step, uint32_t detail)
{
	birth->progress.step = step;
	birth->progress.detail = detail;
	if (!is_written(birth, step, detail))
		return;
	if (step == SUBPROCESS_STEP_EXEC)
		tell_or_fail(birth, STEP_BEGINS, 0);
	else
		tell(birth, STEP_BEGINS, 0);
}

static void require(struct birth *birth, long result)
{
	if (result < 0)
		fail(birth, result);
}

static void attempt(struct birth *birth, uint32_t attribute, long result)
{
	if (result >= 0)
		return;
	if (!(birth->request.best_effort & attribute))
		fail(birth, result);
	tell_or_fail(birth, STEP_REFUSED, result);
}

static long execute_once(const struct birth *birth, const char *program)
{
	if (birth->program_file >= 0)
		return sys_execveat(birth->program_file, birth->argv, birth->envp);
	return sys_execve(program, birth->argv, birth->envp);
}

/*
 * Busy means that somebody holds the file open for writing, most often another
 * child between its birth and its exec: that ends soon.
 */
static long execute(const struct birth *birth, const char *program)
{
	struct sys_timespec pause = {.nanoseconds = 1000000};
	long error = execute_once(birth, program);

	for (int tries = 0; error == -ETXTBSY && tries < 6; tries++) {
		sys_nanosleep(&pause);
		pause.nanoseconds *= 2;
		error = execute_once(birth, program);
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

static void take_place_among_processes(struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;

	if (request->session == SUBPROCESS_SESSION_NEW) {
		begin(birth, SUBPROCESS_STEP_SESSION, 0);
		require(birth, sys_setsid());
	}
	if (request->session == SUBPROCESS_SESSION_PROCESS_GROUP) {
		begin(birth, SUBPROCESS_STEP_PROCESS_GROUP, (uint32_t)request->process_group);
		require(birth, sys_setpgid(0, request->process_group));
	}
	if (request->attributes & SUBPROCESS_ATTRIBUTE_TERMINAL) {
		begin(birth, SUBPROCESS_STEP_TERMINAL, (uint32_t)request->controlling_terminal);
		attempt(birth, SUBPROCESS_ATTRIBUTE_TERMINAL, take_terminal(birth));
	}
	if (birth->cgroup >= 0 && !birth->born_in_cgroup) {
		begin(birth, SUBPROCESS_STEP_CGROUP, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_CGROUP, join_cgroup(birth));
	}
}

/* The limit on descriptors comes when they have been closed: it may leave none for doing that. */
static void set_limits(struct birth *birth, bool on_descriptors)
{
	for (uint32_t index = 0; index < birth->request.limit_count; index++) {
		const struct subprocess_limit *limit = &birth->limits[index];

		if ((limit->resource == RLIMIT_NOFILE) != on_descriptors)
			continue;
		begin(birth, SUBPROCESS_STEP_LIMITS, limit->resource);
		attempt(birth, SUBPROCESS_ATTRIBUTE_LIMITS, set_limit(limit));
	}
}

static void be_scheduled(struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;

	if (request->attributes & SUBPROCESS_ATTRIBUTE_NICE) {
		begin(birth, SUBPROCESS_STEP_NICE, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_NICE, sys_setpriority(PRIO_PROCESS, 0, request->nice));
	}
	if (request->attributes & SUBPROCESS_ATTRIBUTE_AUTOGROUP) {
		begin(birth, SUBPROCESS_STEP_AUTOGROUP, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_AUTOGROUP, set_autogroup(birth));
	}
	if (request->attributes & SUBPROCESS_ATTRIBUTE_OOM_SCORE) {
		begin(birth, SUBPROCESS_STEP_OOM_SCORE, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_OOM_SCORE, set_oom_score(birth));
	}
	if (request->attributes & SUBPROCESS_ATTRIBUTE_AFFINITY) {
		begin(birth, SUBPROCESS_STEP_AFFINITY, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_AFFINITY,
			sys_sched_setaffinity(0, request->affinity_size, birth->affinity));
	}
}

/*
 * These calls are the kernel's own: a libc would have every thread of the parent
 * do the same. The user comes last, it may end the right to all others.
 */
static void change_credentials(struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;
	uint32_t group = request->group_id;
	uint32_t user = request->user_id;

	if (request->attributes & SUBPROCESS_ATTRIBUTE_GROUPS) {
		begin(birth, SUBPROCESS_STEP_GROUPS, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_GROUPS, sys_setgroups(request->group_count, birth->groups));
	}
	if (request->attributes & SUBPROCESS_ATTRIBUTE_GROUP_ID) {
		begin(birth, SUBPROCESS_STEP_GROUP_ID, group);
		attempt(birth, SUBPROCESS_ATTRIBUTE_GROUP_ID, sys_setresgid(group, group, group));
	}
	if (request->attributes & SUBPROCESS_ATTRIBUTE_USER_ID) {
		begin(birth, SUBPROCESS_STEP_USER_ID, user);
		attempt(birth, SUBPROCESS_ATTRIBUTE_USER_ID, sys_setresuid(user, user, user));
	}
}

/*
 * The kernel forgets the signal when credentials change, so it comes after them.
 * A parent that had died by then will never send it.
 */
static void bind_to_parent(struct birth *birth)
{
	uint32_t signal = birth->request.death_signal;

	if (!(birth->request.attributes & SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL))
		return;
	begin(birth, SUBPROCESS_STEP_DEATH_SIGNAL, signal);
	attempt(birth, SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL, sys_prctl(PR_SET_PDEATHSIG, signal));
	if (sys_getppid() != birth->parent)
		fail(birth, -ESRCH);
}

/*
 * Landlock takes nothing that is open already, but what the child opens: it comes
 * when there is no more to be opened.
 */
static void enter_landlock(struct birth *birth)
{
	if (birth->ruleset < 0)
		return;
	begin(birth, SUBPROCESS_STEP_LANDLOCK, 0);
	attempt(birth, SUBPROCESS_ATTRIBUTE_LANDLOCK, sys_landlock_restrict_self(birth->ruleset));
}

/* From here on there may be no call but execve, and those that tell of its failure. */
static void enter_filter(struct birth *birth)
{
	if (!(birth->request.attributes & SUBPROCESS_ATTRIBUTE_SECCOMP))
		return;
	begin(birth, SUBPROCESS_STEP_SECCOMP, 0);
	attempt(birth, SUBPROCESS_ATTRIBUTE_SECCOMP, load_filter(birth));
}

_Noreturn void live_until_exec(void *argument)
{
	struct birth *birth = argument;
	const struct subprocess_request *request = &birth->request;

	birth->memory_is_shared = true;

	if (birth->table_bound > 0) {
		long error;

		begin(birth, SUBPROCESS_STEP_TABLE, 0);
		error = leave_shared_table(birth);
		/* not written: the parent sees it, and may try without */
		if (error < 0)
			give_up(birth, error);
	}
	begin(birth, SUBPROCESS_STEP_DESCRIPTORS, 0);
	require(birth, lift_descriptors(birth));
	require(birth, place_descriptors(birth));
	begin(birth, SUBPROCESS_STEP_BLOCKING, 0);
	require(birth, make_inherited_streams_block(birth));

	take_place_among_processes(birth);
	set_limits(birth, false);
	be_scheduled(birth);
	if (request->attributes & SUBPROCESS_ATTRIBUTE_UMASK) {
		begin(birth, SUBPROCESS_STEP_UMASK, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_UMASK, sys_umask(request->umask));
	}
	if (birth->working_directory != NULL) {
		begin(birth, SUBPROCESS_STEP_CHDIR, 0);
		require(birth, sys_chdir(birth->working_directory));
	}
	change_credentials(birth);
	bind_to_parent(birth);
	if (request->attributes & SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES) {
		begin(birth, SUBPROCESS_STEP_NO_NEW_PRIVILEGES, 0);
		attempt(birth, SUBPROCESS_ATTRIBUTE_NO_NEW_PRIVILEGES, sys_prctl(PR_SET_NO_NEW_PRIVS, 1));
	}

	begin(birth, SUBPROCESS_STEP_CLOSE, request->closing);
	require(birth, close_descriptors(birth));
	set_limits(birth, true);
	enter_landlock(birth);

	begin(birth, SUBPROCESS_STEP_SIGNALS, 0);
	require(birth, reset_dispositions(birth));
	begin(birth, SUBPROCESS_STEP_SIGNAL_MASK, 0);
	require(birth, empty_signal_mask());
	enter_filter(birth);

	become_program(birth);
}
