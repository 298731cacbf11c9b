// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.comparison;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A contender in a process of its own, which lives as long as a figure is measured.
 */
final class WorkerProcess implements AutoCloseable {

	private final Process process;

	private final PrintWriter requests;

	private final BufferedReader answers;

	WorkerProcess(List<String> command, File log) throws IOException {
		this.process = new ProcessBuilder(command).redirectError(Redirect.appendTo(log)).start();
		this.requests = new PrintWriter(this.process.outputWriter(), true);
		this.answers = new BufferedReader(new InputStreamReader(this.process.getInputStream()));
	}

	/**
	 * Ask for numbers.
	 * @param request what for
	 * @return the numbers; {@code null} where the contender cannot do that
	 */
	double @Nullable [] ask(String request) throws IOException {
		this.requests.println(request);
		String answer = this.answers.readLine();
		if (answer == null) {
			throw new IOException("The worker has ended: see the log");
		}
		if (answer.startsWith("unsupported") || answer.isBlank()) {
			return null;
		}
		return Arrays.stream(answer.trim().split(" ")).mapToDouble(Double::parseDouble).toArray();
	}

	@Override
	public void close() throws IOException {
		this.requests.close();
		try {
			this.process.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
