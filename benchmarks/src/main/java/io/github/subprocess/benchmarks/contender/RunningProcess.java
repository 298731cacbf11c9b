// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

/**
 * A {@link Process} of a contender.
 *
 * @param process the process
 */
record RunningProcess(Process process) implements Running {

	@Override
	public void await() throws Exception {
		if (this.process.waitFor() != 0) {
			throw new IllegalStateException("Exit code " + this.process.exitValue());
		}
	}

	@Override
	public void whenEnded(Runnable action) {
		this.process.onExit().thenRun(action);
	}

}
