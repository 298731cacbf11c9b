/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parent's half of a birth.
 *
 * The stack of the child is part of the parent's frame, so nothing is
 * allocated. Stack, request and error pipe together ask for less than 24 KiB,
 * and a thread of a JVM keeps 80 KiB ready for native code.
 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

#define CHILD_STACK_SIZE (16 * 1024)

struct child {
	int32_t pid;
	int32_t pidfd;
};

/*
 * No more processes or memory: that is an answer. So is that there are no more
 * descriptors, unless the end of a pipe is going to be free for the pidfd. All
 * else may be about the way of asking.
 */
static bool is_refused(const struct birth *birth, long result)
{
	switch (-result) {
	case EAGAIN:
	case ENOMEM:
		return false;
	case EMFILE:
	case ENFILE:
		return birth->writing_end >= 0;
	default:
		return result < 0;
	}
}

/* One that lives, because its report could not be read, would be waited for until its end. */
static void discard(struct child *child, int32_t *signal)
{
	int32_t ended_by;

	sys_kill(child->pid, SIGKILL);
	ended_by = reap(child->pid, child->pidfd);

	if (signal != NULL)
		*signal = ended_by;
	if (child->pidfd >= 0)
		sys_close(child->pidfd);
	child->pidfd = -1;
}

static int32_t fail(struct subprocess_result *result, uint32_t step, uint32_t detail, long error)
{
	result->step = step;
	result->detail = detail;
	result->error = (int32_t)-error;
	return (int32_t)error;
}

/* Clear of 0 to 2, even where these are closed: what lies there is inherited as a stream. */
static long lift_end(int32_t *end)
{
	long lifted;

	if (*end > 2)
		return 0;
	lifted = sys_fcntl(*end, F_DUPFD_CLOEXEC, 3);
	if (lifted < 0)
		return lifted;
	sys_close(*end);
	*end = (int32_t)lifted;
	return 0;
}

static long open_error_pipe(struct birth *birth)
{
	int32_t ends[2];
	long error = sys_pipe2(ends, O_CLOEXEC);

	if (error < 0)
		return error;
	error = lift_end(&ends[0]);
	if (error == 0)
		error = lift_end(&ends[1]);
	if (error < 0) {
		sys_close(ends[0]);
		sys_close(ends[1]);
		return error;
	}
	sys_fcntl(ends[0], F_SETFL, O_NONBLOCK);
	birth->reading_end = ends[0];
	birth->writing_end = ends[1];
	birth->error_pipe = ends[1];
	return 0;
}

static void close_end(int32_t *end)
{
	if (*end >= 0)
		sys_close(*end);
	*end = -1;
}

static void reset_progress(struct birth *birth)
{
	birth->memory_is_shared = false;
	birth->progress.step = SUBPROCESS_STEP_BIRTH;
	birth->progress.detail = 0;
	birth->progress.error = 0;
	birth->progress.closing = 0;
	birth->progress.kind = STEP_BEGINS;
	birth->refusal_count = 0;
}

static struct sys_clone_args describe(struct child *child, uint64_t flags, unsigned char *stack)
{
	return (struct sys_clone_args){
		.flags = flags | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
		.pidfd = (uint64_t)address_of(&child->pidfd),
		.exit_signal = SIGCHLD,
		.stack = (uint64_t)address_of(stack),
		.stack_size = stack != NULL ? CHILD_STACK_SIZE : 0,
	};
}

/* What the cgroup refuses here is tried again by the child, which can tell of it. */
static long clone_into_cgroup(struct birth *birth, struct child *child, uint64_t flags, unsigned char *stack)
{
	struct sys_clone_args arguments = describe(child, flags | CLONE_INTO_CGROUP, stack);
	long pid;

	arguments.cgroup = (uint64_t)birth->cgroup;
	birth->handlers_are_cleared = true;
	birth->born_in_cgroup = true;
	pid = sys_clone3(&arguments, live_until_exec, birth);
	birth->born_in_cgroup = !is_refused(birth, pid);
	return pid;
}

/* clone3 clears the signal handlers by itself; a sandbox or an old kernel may refuse it. */
static long clone_child(struct birth *birth, struct child *child, uint64_t flags, unsigned char *stack)
{
	const struct sys_clone_args arguments = describe(child, flags, stack);
	unsigned char *top = stack != NULL ? stack + CHILD_STACK_SIZE : NULL;
	long pid;

	if (birth->cgroup >= 0) {
		pid = clone_into_cgroup(birth, child, flags, stack);
		if (!is_refused(birth, pid))
			return pid;
	}
	birth->handlers_are_cleared = true;
	pid = sys_clone3(&arguments, live_until_exec, birth);
	if (!is_refused(birth, pid))
		return pid;
	birth->handlers_are_cleared = false;
	pid = sys_clone(flags | CLONE_PIDFD | SIGCHLD, top, &child->pidfd, live_until_exec, birth);
	if (!is_refused(birth, pid))
		return pid;
	return sys_clone(flags | SIGCHLD, top, NULL, live_until_exec, birth);
}

static bool could_not_leave_table(const struct birth *birth)
{
	return birth->progress.step == SUBPROCESS_STEP_TABLE && birth->progress.kind == STEP_FAILED;
}

static long bear_on_shared_memory(struct birth *birth, struct child *child)
{
	_Alignas(16) unsigned char stack[CHILD_STACK_SIZE];
	uint64_t table = birth->table_bound > 0 ? CLONE_FILES : 0;
	long pid = clone_child(birth, child, CLONE_VM | CLONE_VFORK | table, stack);

	if (pid < 0 || birth->request.closing != SUBPROCESS_CLOSING_AUTO || !could_not_leave_table(birth))
		return pid;
	child->pid = (int32_t)pid;
	discard(child, NULL);
	copy_table(birth);
	reset_progress(birth);
	return clone_child(birth, child, CLONE_VM | CLONE_VFORK, stack);
}

/* Nothing is shared with a child that is forked: neither memory to tell in, nor the table. */
static long bear_by_fork(struct birth *birth, struct child *child, struct subprocess_result *result)
{
	long error = 0;

	result->mechanism = SUBPROCESS_MECHANISM_FORK;
	if (birth->error_pipe < 0)
		error = open_error_pipe(birth);
	if (error < 0)
		return fail(result, SUBPROCESS_STEP_ERROR_PIPE, 0, error);
	if (birth->request.closing == SUBPROCESS_CLOSING_UNSHARE)
		birth->request.closing = SUBPROCESS_CLOSING_CLOSE_RANGE;
	copy_table(birth);
	birth->every_step_is_written = true;
	return clone_child(birth, child, 0, NULL);
}

static long bear(struct birth *birth, struct child *child, struct subprocess_result *result)
{
	uint32_t wanted = birth->request.mechanism;
	uint64_t mask = block_signals();
	long pid = -EINVAL;

	if (wanted != SUBPROCESS_MECHANISM_FORK) {
		result->mechanism = SUBPROCESS_MECHANISM_VFORK;
		pid = bear_on_shared_memory(birth, child);
	}
	if (wanted == SUBPROCESS_MECHANISM_FORK || (wanted == SUBPROCESS_MECHANISM_AUTO && is_refused(birth, pid)))
		pid = bear_by_fork(birth, child, result);
	restore_signals(mask);
	return pid;
}

/*
 * When a child on this memory changes its credentials, the kernel marks the
 * memory as one that must not be traced or dumped, and the mark outlives the
 * child. Meanwhile it keeps the new user's processes out of here.
 */
static long bear_untraceable(struct birth *birth, struct child *child, struct subprocess_result *result)
{
	const uint32_t credentials = SUBPROCESS_ATTRIBUTE_USER_ID | SUBPROCESS_ATTRIBUTE_GROUP_ID;
	bool changes = birth->request.attributes & credentials;
	bool was_dumpable = changes && sys_prctl(PR_GET_DUMPABLE, 0) == 1;
	long pid = bear(birth, child, result);

	if (was_dumpable)
		sys_prctl(PR_SET_DUMPABLE, 1);
	return pid;
}

static void note_warning(struct subprocess_result *result, const struct record *record)
{
	struct subprocess_warning *warning = &result->warnings[result->warning_count];

	if (result->warning_count == SUBPROCESS_MAX_WARNINGS)
		return;
	warning->step = record->step;
	warning->detail = record->detail;
	warning->error = record->error;
	result->warning_count++;
}

/* True when there may be more to read at once. */
static bool read_records(int32_t fd, struct record *last, struct subprocess_result *result, bool *ended)
{
	struct record records[32];
	long size;

	do {
		size = sys_read(fd, records, sizeof(records));
	} while (size == -EINTR);
	for (long index = 0; index < size / (long)sizeof(*records); index++) {
		if (records[index].kind == STEP_REFUSED)
			note_warning(result, &records[index]);
		else
			*last = records[index];
	}
	*ended = size == 0 || (size < 0 && size != -EAGAIN);
	if (*ended && size < 0)
		*last = (struct record){.step = SUBPROCESS_STEP_ERROR_PIPE, .error = (int32_t)-size};
	return size == (long)sizeof(records);
}

/*
 * Until the child closes its end, by exec or by its own end. The pidfd is
 * watched too, for a copy of the write end may live on in somebody else's
 * child after ours was killed.
 */
static void await_records(int32_t fd, int32_t pidfd, struct record *last, struct subprocess_result *result)
{
	struct sys_pollfd sources[2] = {{.fd = fd, .events = POLLIN}, {.fd = pidfd, .events = POLLIN}};
	bool ended = false;

	while (!ended) {
		long error = sys_ppoll(sources, 2, NULL);
		bool child_has_ended = sources[1].returned != 0;

		if (error == -EINTR)
			continue;
		if (error < 0)
			sys_fcntl(fd, F_SETFL, 0);
		while (read_records(fd, last, result, &ended))
			;
		if (error >= 0 && child_has_ended)
			return;
	}
}

/*
 * What the child said last. On shared memory it has executed the program or
 * ended by now: nothing is to be waited for, and its progress lies here.
 */
static struct record read_report(const struct birth *birth, int32_t pidfd, struct subprocess_result *result)
{
	struct record last = {.step = SUBPROCESS_STEP_BIRTH};
	bool ended;

	if (!birth->memory_is_shared) {
		await_records(birth->reading_end, pidfd, &last, result);
		return last;
	}
	for (uint32_t index = 0; index < birth->refusal_count; index++)
		note_warning(result, &birth->refusals[index]);
	while (birth->reading_end >= 0 && read_records(birth->reading_end, &last, result, &ended))
		;
	last.step = birth->progress.step;
	last.detail = birth->progress.detail;
	last.error = birth->progress.error;
	last.closing = birth->progress.closing;
	return last;
}

/*
 * The program runs once exec was the last step begun and no error followed. A
 * child killed inside of exec counts as a program that was killed.
 */
static int32_t conclude(const struct birth *birth, struct child *child, struct subprocess_result *result)
{
	struct record report;

	if (child->pidfd < 0) {
		long pidfd = sys_pidfd_open(child->pid);

		if ((pidfd == -ENOSYS || pidfd == -EPERM) && (birth->request.flags & SUBPROCESS_CAN_LACK_PIDFD)) {
			pidfd = -child->pid;
		} else if (pidfd < 0) {
			discard(child, NULL);
			return fail(result, SUBPROCESS_STEP_PIDFD, 0, pidfd);
		}
		child->pidfd = (int32_t)pidfd;
	}
	if (!birth->memory_is_shared && birth->reading_end < 0) {
		/* killed before its first word, or, against the word of the caller, forked: nobody knows what it does */
		sys_kill(child->pid, SIGKILL);
		discard(child, &result->signal);
		fail(result, SUBPROCESS_STEP_LOST, SUBPROCESS_STEP_BIRTH, 0);
		return -ECHILD;
	}
	report = read_report(birth, child->pidfd, result);
	if (report.error != 0) {
		discard(child, NULL);
		return fail(result, report.step, report.detail, -report.error);
	}
	if (report.step != SUBPROCESS_STEP_EXEC) {
		discard(child, &result->signal);
		fail(result, SUBPROCESS_STEP_LOST, report.step, 0);
		return -ECHILD;
	}
	result->pid = child->pid;
	result->pidfd = child->pidfd;
	result->closing = report.closing;
	result->program = report.detail;
	return 0;
}

static bool can_share_table(const struct subprocess_request *request)
{
	return (request->flags & SUBPROCESS_CAN_SHARE_TABLE) && request->mechanism != SUBPROCESS_MECHANISM_FORK &&
	       (request->closing == SUBPROCESS_CLOSING_AUTO || request->closing == SUBPROCESS_CLOSING_UNSHARE);
}

/* Without rules where they can be done without: that is a warning then. */
static int32_t prepare_landlock(struct birth *birth, struct subprocess_result *result)
{
	const struct subprocess_request *request = &birth->request;
	struct record refusal = {.step = SUBPROCESS_STEP_LANDLOCK_RULES};
	long ruleset;

	if (!(request->attributes & SUBPROCESS_ATTRIBUTE_LANDLOCK))
		return 0;
	ruleset = make_ruleset(birth, &refusal.detail);
	if (ruleset >= 0) {
		birth->ruleset = (int32_t)ruleset;
		return 0;
	}
	if (!(request->best_effort & SUBPROCESS_ATTRIBUTE_LANDLOCK))
		return fail(result, SUBPROCESS_STEP_LANDLOCK_RULES, refusal.detail, ruleset);
	refusal.error = (int32_t)-ruleset;
	note_warning(result, &refusal);
	return 0;
}

/* What is looked up here would have to be looked up by the child, where every call counts twice. */
static void prepare(struct birth *birth)
{
	const struct subprocess_request *request = &birth->request;

	birth->signals_to_reset = find_ignored(request->default_signals);
	if (request->attributes & SUBPROCESS_ATTRIBUTE_DEATH_SIGNAL)
		birth->parent = sys_getpid();
	if (can_share_table(request))
		share_table(birth);
	else
		copy_table(birth);
}

/* Where memory is known to be shared, all that the child has to tell lies there. */
static bool needs_error_pipe(const struct subprocess_request *request)
{
	return request->mechanism == SUBPROCESS_MECHANISM_FORK || !(request->flags & SUBPROCESS_CAN_SHARE_MEMORY);
}

static int32_t spawn(struct birth *birth, struct subprocess_result *result)
{
	struct child child = {.pid = 0, .pidfd = -1};
	int32_t ruleset;
	int32_t error;
	long pid;

	error = prepare_landlock(birth, result);
	if (error < 0)
		return error;
	ruleset = birth->ruleset;
	if (needs_error_pipe(&birth->request)) {
		error = (int32_t)open_error_pipe(birth);
		if (error < 0) {
			close_end(&ruleset);
			return fail(result, SUBPROCESS_STEP_ERROR_PIPE, 0, error);
		}
	}
	prepare(birth);
	pid = bear_untraceable(birth, &child, result);
	child.pid = (int32_t)pid;
	take_numbers_back(birth);
	close_end(&birth->writing_end);
	close_end(&ruleset);
	if (pid >= 0)
		error = conclude(birth, &child, result);
	else if (result->step == SUBPROCESS_STEP_ERROR_PIPE)
		error = (int32_t)pid;
	else
		error = fail(result, SUBPROCESS_STEP_BIRTH, 0, pid);
	close_end(&birth->reading_end);
	return error;
}

EXPORTED int32_t subprocess_spawn(const struct subprocess_request *request, struct subprocess_result *result)
{
	struct subprocess_result known = {.pidfd = -1};
	struct birth birth;
	uint32_t member = 0;
	int32_t error;

	if (result == NULL || result->size < sizeof(*result))
		return -EINVAL;
	error = check_size(result, sizeof(*result));
	if (error < 0)
		return error;
	known.size = result->size;

	birth.table_bound = 0;
	birth.lent_numbers = 0;
	birth.close_bound = 0;
	birth.parent = 0;
	birth.reading_end = -1;
	birth.writing_end = -1;
	birth.error_pipe = -1;
	birth.cgroup = -1;
	birth.ruleset = -1;
	birth.program_file = -1;
	birth.born_in_cgroup = false;
	birth.every_step_is_written = false;
	reset_progress(&birth);
	error = read_request(&birth, request, &member);
	if (error < 0)
		fail(&known, SUBPROCESS_STEP_REQUEST, member, error);
	else
		error = spawn(&birth, &known);
	*result = known;
	return error;
}
