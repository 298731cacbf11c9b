// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import io.github.subprocess.spi.SpawnPlan;
import jnr.constants.platform.Errno;

/**
 * The call of posix_spawn(3), with what the program is told.
 */
final class ProgramStart implements AutoCloseable {

	private static final int ETXTBSY = Errno.ETXTBSY.intValue();

	private static final int TRIES_WHILE_BUSY = 6;

	private static final int FIRST_PAUSE_MICROS = 1000;

	private final LibcFunctions libc;

	private final SpawnFunctions functions;

	private final StringTable arguments;

	private final StringTable environment;

	private final NativeBlock pid = new NativeBlock(Long.BYTES);

	ProgramStart(LibcFunctions libc, SpawnFunctions functions, SpawnPlan plan) {
		this.libc = libc;
		this.functions = functions;
		this.arguments = new StringTable(plan.arguments());
		this.environment = new StringTable(plan.environment());
	}

	/**
	 * Start a program. Busy means that somebody holds the file open for writing, most
	 * often another child between its birth and its exec: that ends soon.
	 * @param program its path
	 * @param actions what to do in the child
	 * @param attributes what to give it
	 * @return the number of the error, or 0
	 */
	int execute(String program, SpawnActions actions, SpawnAttributes attributes) {
		byte[] bytes = NativeText.terminated(program);
		int error = call(bytes, actions, attributes);
		for (int tries = 0; error == ETXTBSY && tries < TRIES_WHILE_BUSY; tries++) {
			this.libc.usleep(FIRST_PAUSE_MICROS << tries);
			error = call(bytes, actions, attributes);
		}
		return error;
	}

	private int call(byte[] program, SpawnActions actions, SpawnAttributes attributes) {
		return this.functions.posix_spawn(this.pid.address(), program, actions.address(), attributes.address(),
				this.arguments.address(), this.environment.address());
	}

	/**
	 * Return the process id of the program that was started.
	 */
	int pid() {
		return this.pid.getInt(0);
	}

	@Override
	public void close() {
		this.pid.close();
		this.environment.close();
		this.arguments.close();
	}

}
