// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;

/**
 * A {@code posix_spawnattr_t}: session, group and ignored signals as a plan says, no
 * signal blocked. What the JVM handles the libc sets to its default by itself.
 */
final class SpawnAttributes implements AutoCloseable {

	/**
	 * More than any libc needs: 336 bytes under glibc and musl.
	 */
	private static final int SIZE = 1024;

	/**
	 * A {@code sigset_t}, of which Linux uses the first 8 bytes.
	 */
	private static final int SIGNALS_SIZE = 128;

	private static final long ALL_SIGNALS = -1;

	/**
	 * Signals 32 and 33, which glibc would leave ignored.
	 */
	private static final long SIGNALS_OF_THE_LIBC = 0b11L << 31;

	private static final int SETPGROUP = 0x02;

	private static final int SETSIGDEF = 0x04;

	private static final int SETSIGMASK = 0x08;

	private static final int SETSID = 0x80;

	private final SpawnFunctions functions;

	private final NativeBlock block = new NativeBlock(SIZE);

	SpawnAttributes(SpawnFunctions functions, SpawnPlan plan) throws SpawnFailure {
		this.functions = functions;
		int error = functions.posix_spawnattr_init(this.block.address());
		if (error != 0) {
			this.block.close();
			throw Errors.spawn(ChildStep.POSIX_SPAWN, error, null);
		}
		try {
			set(plan);
		}
		catch (SpawnFailure ex) {
			close();
			throw ex;
		}
	}

	long address() {
		return this.block.address();
	}

	private void set(SpawnPlan plan) throws SpawnFailure {
		long address = this.block.address();
		int flags = SETSIGDEF | SETSIGMASK | flag(plan.session());
		// a libc refuses flags that it does not know: SETSID is younger than the others
		if (this.functions.posix_spawnattr_setflags(address, (short) flags) != 0) {
			throw Unsupported.failure(ChildStep.SESSION.text());
		}
		int error = this.functions.posix_spawnattr_setpgroup(address, plan.processGroup());
		try (NativeBlock signals = new NativeBlock(SIGNALS_SIZE)) {
			if (error == 0) {
				error = this.functions.posix_spawnattr_setsigmask(address, signals.address());
			}
			signals.putLong(0, plan.attributes().keepsIgnoredSignals() ? SIGNALS_OF_THE_LIBC : ALL_SIGNALS);
			if (error == 0) {
				error = this.functions.posix_spawnattr_setsigdefault(address, signals.address());
			}
		}
		if (error != 0) {
			throw Errors.spawn(ChildStep.POSIX_SPAWN, error, null);
		}
	}

	private static int flag(SessionMode session) {
		return switch (session) {
			case INHERIT -> 0;
			case PROCESS_GROUP -> SETPGROUP;
			case NEW_SESSION -> SETSID;
		};
	}

	@Override
	public void close() {
		this.functions.posix_spawnattr_destroy(this.block.address());
		this.block.close();
	}

}
