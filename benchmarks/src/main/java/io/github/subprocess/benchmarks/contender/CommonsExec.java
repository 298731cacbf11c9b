// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.io.ByteArrayOutputStream;
import java.util.List;

import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.PumpStreamHandler;

/**
 * commons-exec.
 */
final class CommonsExec implements Contender {

	@Override
	public void run(List<String> command) throws Exception {
		capture(command);
	}

	@Override
	public int capture(List<String> command) throws Exception {
		CommandLine line = new CommandLine(command.get(0));
		command.subList(1, command.size()).forEach((argument) -> line.addArgument(argument, false));
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		DefaultExecutor executor = DefaultExecutor.builder()
			.setExecuteStreamHandler(new PumpStreamHandler(output))
			.get();
		executor.execute(line);
		return output.size();
	}

}
