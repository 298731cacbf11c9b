// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import org.jspecify.annotations.Nullable;

/**
 * A {@code posix_spawn_file_actions_t}: what the libc does in the child, in this order.
 */
final class SpawnActions implements AutoCloseable {

	/**
	 * More than any libc needs: 80 bytes under glibc and musl.
	 */
	private static final int SIZE = 1024;

	private final SpawnFunctions functions;

	private final NativeBlock block = new NativeBlock(SIZE);

	SpawnActions(SpawnFunctions functions) throws SpawnFailure {
		this.functions = functions;
		int error = functions.posix_spawn_file_actions_init(this.block.address());
		if (error != 0) {
			this.block.close();
			throw Errors.spawn(ChildStep.POSIX_SPAWN, error, null);
		}
	}

	long address() {
		return this.block.address();
	}

	/**
	 * Change the working directory: glibc 2.29 and musl 1.1.24, and later, can.
	 */
	void changeDirectory(int directory) throws SpawnFailure {
		try {
			int error = this.functions.posix_spawn_file_actions_addfchdir_np(this.block.address(), directory);
			check(error, ChildStep.CHDIR, null);
		}
		catch (UnsatisfiedLinkError ex) {
			throw Unsupported.failure(ChildStep.CHDIR.text());
		}
	}

	/**
	 * Copy a descriptor to another number. The copy stays open when the program is
	 * executed.
	 */
	void copyDescriptor(int source, int target) throws SpawnFailure {
		int error = this.functions.posix_spawn_file_actions_adddup2(this.block.address(), source, target);
		check(error, ChildStep.DESCRIPTORS, "descriptor " + source + " as " + target);
	}

	void closeDescriptor(int descriptor) throws SpawnFailure {
		int error = this.functions.posix_spawn_file_actions_addclose(this.block.address(), descriptor);
		check(error, ChildStep.CLOSE, "descriptor " + descriptor);
	}

	/**
	 * Close all descriptors from a number on: glibc 2.34 and later can.
	 */
	void closeDescriptorsFrom(int first) throws SpawnFailure {
		try {
			int error = this.functions.posix_spawn_file_actions_addclosefrom_np(this.block.address(), first);
			check(error, ChildStep.CLOSE, null);
		}
		catch (UnsatisfiedLinkError ex) {
			throw Unsupported.failure(ChildStep.CLOSE.text());
		}
	}

	private static void check(int error, ChildStep step, @Nullable String subject) throws SpawnFailure {
		if (error != 0) {
			throw Errors.spawn(step, error, subject);
		}
	}

	@Override
	public void close() {
		this.functions.posix_spawn_file_actions_destroy(this.block.address());
		this.block.close();
	}

}
