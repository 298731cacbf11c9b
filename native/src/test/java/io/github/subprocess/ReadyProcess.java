// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Fixtures tell the pids of those whom they leave, one a line, and then that they are
 * ready.
 */
final class ReadyProcess {

	private ReadyProcess() {
	}

	/**
	 * Wait until a fixture is ready.
	 * @return the pids that it told
	 */
	static List<Long> await(Process process) {
		try {
			List<Long> pids = new ArrayList<>();
			BufferedReader reader = process.inputReader();
			String line = reader.readLine();
			while (line != null && !line.equals("ready")) {
				pids.add(Long.valueOf(line.strip()));
				line = reader.readLine();
			}
			if (line == null) {
				throw new AssertionError("It ended before it was ready, having told " + pids);
			}
			return pids;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
