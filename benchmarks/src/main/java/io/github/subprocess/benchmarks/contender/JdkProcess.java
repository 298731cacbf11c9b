// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/**
 * {@link ProcessBuilder}, in the mode that the JVM was started with.
 */
final class JdkProcess implements Contender {

	@Override
	public Running start(List<String> command) throws IOException {
		return new RunningProcess(
				new ProcessBuilder(command).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start());
	}

	@Override
	public int capture(List<String> command) throws Exception {
		Process process = startPiped(command, false);
		int count = readAll(process);
		new RunningProcess(process).await();
		return count;
	}

	@Override
	public void captureAsynchronously(List<String> command) throws Exception {
		Process process = startPiped(command, false);
		readAll(process);
		process.onExit().join();
	}

	private static int readAll(Process process) throws IOException {
		try (InputStream output = process.getInputStream()) {
			return output.readAllBytes().length;
		}
	}

	@Override
	public Process startPiped(List<String> command, boolean fed) throws IOException {
		return new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
	}

}
