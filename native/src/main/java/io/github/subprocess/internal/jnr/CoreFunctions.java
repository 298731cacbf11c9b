// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import jnr.ffi.annotations.IgnoreError;

/**
 * The functions of the native core, as {@code subprocess.h} declares them. Addresses are
 * numbers; failures are returned as {@code -errno}.
 */
@SuppressWarnings("checkstyle:methodname")
public interface CoreFunctions {

	@IgnoreError
	int subprocess_abi();

	@IgnoreError
	int subprocess_probe();

	@IgnoreError
	int subprocess_sandbox();

	@IgnoreError
	int subprocess_spawn(long request, long result);

	@IgnoreError
	int subprocess_wait(int pidfd, int flags, long exit);

	@IgnoreError
	int subprocess_signal(int pidfd, int signal);

	@IgnoreError
	int subprocess_signal_group(int group, int signal);

	@IgnoreError
	int subprocess_group_members(int group);

	@IgnoreError
	long subprocess_group_cpu(int group);

	@IgnoreError
	long subprocess_ignored_signals();

	@IgnoreError
	String subprocess_step_name(int step);

}
