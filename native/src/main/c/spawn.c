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

/* No more processes or memory: that is an answer. All else may be about the way of asking. */
static bool is_refused(long result)
{
	return result < 0 && result != -EAGAIN && result != -ENOMEM;
}

/* clone3 clears the signal handlers by itself; a sandbox or an old kernel may refuse it. */
static long clone_child(struct birth *birth, struct child *child, uint64_t flags, unsigned char *stack)
{
	unsigned char *top = stack != NULL ? stack + CHILD_STACK_SIZE : NULL;
	const struct sys_clone_args arguments = {
		.flags = flags | CLONE_PIDFD | CLONE_CLEAR_SIGHAND,
		.pidfd = (uint64_t)address_of(&child->pidfd),
		.exit_signal = SIGCHLD,
		.stack = (uint64_t)address_of(stack),
		.stack_size = stack != NULL ? CHILD_STACK_SIZE : 0,
	};
	long pid;

	birth->handlers_are_cleared = true;
	pid = sys_clone3(&arguments, live_until_exec, birth);
	if (!is_refused(pid))
		return pid;
	birth->handlers_are_cleared = false;
	pid = sys_clone(flags | CLONE_PIDFD | SIGCHLD, top, &child->pidfd, live_until_exec, birth);
	if (!is_refused(pid))
		return pid;
	return sys_clone(flags | SIGCHLD, top, NULL, live_until_exec, birth);
}

static long bear(struct birth *birth, struct child *child, uint32_t *mechanism)
{
	_Alignas(16) unsigned char stack[CHILD_STACK_SIZE];
	uint32_t wanted = birth->request.mechanism;
	uint64_t mask = block_signals();
	long pid = -EINVAL;

	if (wanted != SUBPROCESS_MECHANISM_FORK) {
		*mechanism = SUBPROCESS_MECHANISM_VFORK;
		pid = clone_child(birth, child, CLONE_VM | CLONE_VFORK, stack);
	}
	if (wanted == SUBPROCESS_MECHANISM_FORK || (wanted == SUBPROCESS_MECHANISM_AUTO && is_refused(pid))) {
		*mechanism = SUBPROCESS_MECHANISM_FORK;
		birth->every_step_is_written = true;
		pid = clone_child(birth, child, 0, NULL);
	}
	restore_signals(mask);
	return pid;
}

/* True when there may be more to read at once. */
static bool read_records(int32_t fd, struct record *last, bool *ended)
{
	struct record records[32];
	long size;

	do {
		size = sys_read(fd, records, sizeof(records));
	} while (size == -EINTR);
	if (size >= (long)sizeof(*records))
		*last = records[size / (long)sizeof(*records) - 1];
	*ended = size == 0 || (size < 0 && size != -EAGAIN);
	return size == (long)sizeof(records);
}

/*
 * Until the child closes its end, by exec or by its own end. The pidfd is
 * watched too, for a copy of the write end may live on in somebody else's
 * child after ours was killed.
 */
static void await_records(int32_t fd, int32_t pidfd, struct record *last)
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
		while (read_records(fd, last, &ended))
			;
		if (error >= 0 && child_has_ended)
			return;
	}
}

/*
 * What the child said last. On shared memory it has executed the program or
 * ended by now: nothing is to be waited for, and its progress lies here.
 */
static struct record read_report(const struct birth *birth, int32_t fd, int32_t pidfd)
{
	struct record last = {.step = SUBPROCESS_STEP_BIRTH};
	bool ended;

	if (!birth->memory_is_shared) {
		await_records(fd, pidfd, &last);
		return last;
	}
	while (read_records(fd, &last, &ended))
		;
	if (last.error == 0) {
		last.step = birth->progress.step;
		last.detail = birth->progress.detail;
		last.closing = birth->progress.closing;
	}
	return last;
}

static int32_t fail(struct subprocess_result *result, uint32_t step, uint32_t detail, long error)
{
	result->step = step;
	result->detail = detail;
	result->error = (int32_t)-error;
	return (int32_t)error;
}

static void discard(struct child *child, int32_t *signal)
{
	int32_t ended_by = reap(child->pid, child->pidfd);

	if (signal != NULL)
		*signal = ended_by;
	if (child->pidfd >= 0)
		sys_close(child->pidfd);
}

/*
 * The program runs once exec was the last step begun and no error followed. A
 * child killed inside of exec counts as a program that was killed.
 */
static int32_t conclude(const struct birth *birth, struct child *child, int32_t error_pipe,
			struct subprocess_result *result)
{
	struct record report;

	if (child->pidfd < 0) {
		long pidfd = sys_pidfd_open(child->pid);

		if (pidfd < 0) {
			sys_kill(child->pid, SIGKILL);
			discard(child, NULL);
			return fail(result, SUBPROCESS_STEP_PIDFD, 0, pidfd);
		}
		child->pidfd = (int32_t)pidfd;
	}
	report = read_report(birth, error_pipe, child->pidfd);
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

/*
 * A source that was closed when the pipe was made may have become the pipe: the
 * program would get an end of it.
 */
static bool find_stolen_source(const struct birth *birth, const int32_t pipe[2], uint32_t *index)
{
	for (*index = 0; *index < birth->request.descriptor_count; ++*index) {
		if (birth->sources[*index] == pipe[0] || birth->sources[*index] == pipe[1])
			return true;
	}
	return false;
}

static int32_t spawn(struct birth *birth, struct subprocess_result *result)
{
	struct child child = {.pid = 0, .pidfd = -1};
	int32_t pipe[2];
	uint32_t index;
	int32_t error;
	long pid;

	error = (int32_t)sys_pipe2(pipe, O_CLOEXEC);
	if (error < 0)
		return fail(result, SUBPROCESS_STEP_ERROR_PIPE, 0, error);
	sys_fcntl(pipe[0], F_SETFL, O_NONBLOCK);
	if (find_stolen_source(birth, pipe, &index)) {
		sys_close(pipe[1]);
		error = fail(result, SUBPROCESS_STEP_DESCRIPTORS, index, -EBADF);
	} else {
		birth->error_pipe = pipe[1];
		pid = bear(birth, &child, &result->mechanism);
		child.pid = (int32_t)pid;
		sys_close(pipe[1]);
		if (pid < 0)
			error = fail(result, SUBPROCESS_STEP_BIRTH, 0, pid);
		else
			error = conclude(birth, &child, pipe[0], result);
	}
	sys_close(pipe[0]);
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

	birth.error_pipe = -1;
	birth.every_step_is_written = false;
	birth.memory_is_shared = false;
	birth.progress.step = SUBPROCESS_STEP_BIRTH;
	birth.progress.detail = 0;
	birth.progress.error = 0;
	birth.progress.closing = 0;
	error = read_request(&birth, request, &member);
	if (error < 0)
		fail(&known, SUBPROCESS_STEP_REQUEST, member, error);
	else
		error = spawn(&birth, &known);
	*result = known;
	return error;
}
