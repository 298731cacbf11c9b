/* SPDX-License-Identifier: Apache-2.0 */
#include <stddef.h>

#include "birth.h"
#include "sys.h"

static uint64_t bit_of(int32_t signal)
{
	return UINT64_C(1) << (signal - 1);
}

/* All 64: a libc's own function would leave out the signals that the libc keeps for itself. */
uint64_t block_signals(void)
{
	uint64_t every = ~UINT64_C(0);
	uint64_t before = 0;

	sys_rt_sigprocmask(SIG_SETMASK, &every, &before);
	return before;
}

void restore_signals(uint64_t mask)
{
	sys_rt_sigprocmask(SIG_SETMASK, &mask, NULL);
}

long empty_signal_mask(void)
{
	uint64_t none = 0;

	return sys_rt_sigprocmask(SIG_SETMASK, &none, NULL);
}

static bool needs_reset(const struct birth *birth, int32_t signal, uint64_t handler)
{
	if (handler == SIG_DFL)
		return false;
	if (handler == SIG_IGN)
		return birth->request.default_signals & bit_of(signal);
	return true;
}

/*
 * Handlers must be gone before the mask is emptied: exec would remove them too,
 * but until then they would run in the parent's memory. What is ignored stays
 * ignored across exec unless the request says otherwise.
 */
long reset_dispositions(struct birth *birth)
{
	const struct sys_sigaction standard = {.handler = SIG_DFL};
	uint64_t asked_for = birth->request.default_signals;

	for (int32_t signal = 1; signal <= SIGNAL_COUNT; signal++) {
		struct sys_sigaction current = {.handler = SIG_IGN};
		long error = 0;

		if (signal == SIGKILL || signal == SIGSTOP)
			continue;
		if (birth->handlers_are_cleared && !(asked_for & bit_of(signal)))
			continue;
		birth->progress.detail = (uint32_t)signal;
		if (!birth->handlers_are_cleared)
			error = sys_rt_sigaction(signal, NULL, &current);
		if (error == 0 && needs_reset(birth, signal, current.handler))
			error = sys_rt_sigaction(signal, &standard, NULL);
		if (error < 0 && error != -EINVAL)
			return error;
	}
	birth->progress.detail = 0;
	return 0;
}

EXPORTED uint64_t subprocess_ignored_signals(void)
{
	uint64_t ignored = 0;

	for (int32_t signal = 1; signal <= SIGNAL_COUNT; signal++) {
		struct sys_sigaction current = {.handler = SIG_DFL};

		if (sys_rt_sigaction(signal, NULL, &current) == 0 && current.handler == SIG_IGN)
			ignored |= bit_of(signal);
	}
	return ignored;
}
