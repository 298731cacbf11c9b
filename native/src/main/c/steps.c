/* SPDX-License-Identifier: Apache-2.0 */
#include "birth.h"

EXPORTED uint32_t subprocess_abi(void)
{
	return SUBPROCESS_ABI;
}

EXPORTED const char *subprocess_step_name(uint32_t step)
{
	switch (step) {
#define RETURN_TEXT(name, number, text, when, detail)                                                                        \
	case number:                                                                                                   \
		return text;
		SUBPROCESS_STEPS(RETURN_TEXT)
#undef RETURN_TEXT
	default:
		return "unknown";
	}
}
