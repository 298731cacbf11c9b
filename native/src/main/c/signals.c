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

/* Which of these signals this process ignores; one that cannot be asked about might be, unless nobody can ignore it. */
uint64_t find_ignored(uint64_t signals)
{
	const uint64_t never = bit_of(SIGKILL) | bit_of(SIGSTOP);
	uint64_t ignored = 0;

	for (int32_t signal = 1; signal <= SIGNAL_COUNT; signal++) {
		struct sys_sigaction current = {.handler = SIG_IGN};

		if (!(signals & ~never & bit_of(signal)))
			continue;
		sys_rt_sigaction(signal, NULL, &current);
		if (current.handler == SIG_IGN)
			ignored |= bit_of(signal);
	}
	return ignored;
}

static long find_handler(int32_t signal, bool *is_there)
{
	struct sys_sigaction current = {.handler = SIG_DFL};
	long error = sys_rt_sigaction(signal, NULL, &current);

	*is_there = current.handler != SIG_DFL && current.handler != SIG_IGN;
	return error;
}

/*
 * Handlers must be gone before the mask is emptied: exec would remove them too,
 * but until then they would run in the parent's memory. What is ignored stays
 * ignored across exec unless the request says otherwise.
 */
long reset_dispositions(struct birth *birth)
{
	const struct sys_sigaction standard = {.handler = SIG_DFL};

	for (int32_t signal = 1; signal <= SIGNAL_COUNT; signal++) {
		bool needs_reset = birth->signals_to_reset & bit_of(signal);
		long error = 0;

		birth->progress.detail = (uint32_t)signal;
		if (!needs_reset && !birth->handlers_are_cleared)
			error = find_handler(signal, &needs_reset);
		if (error == 0 && needs_reset)
			error = sys_rt_sigaction(signal, &standard, NULL);
		if (error < 0)
			return error;
	}
	return 0;
}

EXPORTED uint64_t subprocess_ignored_signals(void)
{
	return find_ignored(~UINT64_C(0));
}
