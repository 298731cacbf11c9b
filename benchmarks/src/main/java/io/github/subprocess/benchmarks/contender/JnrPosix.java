// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.util.List;

import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * posix_spawn of the C library, through jnr-posix.
 */
final class JnrPosix implements Contender {

	private final POSIX posix = POSIXFactory.getPOSIX();

	private final List<String> environment = System.getenv()
		.entrySet()
		.stream()
		.map((variable) -> variable.getKey() + "=" + variable.getValue())
		.toList();

	@Override
	public Running start(List<String> command) {
		int pid = (int) this.posix.posix_spawnp(command.get(0), List.of(), command, this.environment);
		if (pid <= 0) {
			throw new IllegalStateException("posix_spawnp: " + pid);
		}
		return () -> {
			int[] status = new int[1];
			if (this.posix.waitpid(pid, status, 0) != pid || status[0] != 0) {
				throw new IllegalStateException("waitpid: " + status[0]);
			}
		};
	}

}
