// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.In;

/**
 * The family of posix_spawn(3), kept apart from {@link LibcFunctions} since few platforms
 * need it. Addresses are numbers; errors are returned. Functions that the libc lacks
 * throw {@link UnsatisfiedLinkError} when they are called.
 */
@SuppressWarnings("checkstyle:methodname")
public interface SpawnFunctions {

	// the program is no number: of six numbers, jnr-ffi 2.3.4 gets the last one wrong on
	// x86_64
	@IgnoreError
	int posix_spawn(long pid, @In byte[] program, long actions, long attributes, long arguments, long environment);

	@IgnoreError
	int posix_spawnattr_init(long attributes);

	@IgnoreError
	int posix_spawnattr_destroy(long attributes);

	@IgnoreError
	int posix_spawnattr_setflags(long attributes, short flags);

	@IgnoreError
	int posix_spawnattr_setpgroup(long attributes, int group);

	@IgnoreError
	int posix_spawnattr_setsigmask(long attributes, long signals);

	@IgnoreError
	int posix_spawnattr_setsigdefault(long attributes, long signals);

	@IgnoreError
	int posix_spawn_file_actions_init(long actions);

	@IgnoreError
	int posix_spawn_file_actions_destroy(long actions);

	@IgnoreError
	int posix_spawn_file_actions_adddup2(long actions, int source, int target);

	@IgnoreError
	int posix_spawn_file_actions_addclose(long actions, int descriptor);

	@IgnoreError
	int posix_spawn_file_actions_addclosefrom_np(long actions, int first);

	@IgnoreError
	int posix_spawn_file_actions_addfchdir_np(long actions, int directory);

}
