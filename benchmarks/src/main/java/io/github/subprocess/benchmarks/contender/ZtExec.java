// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.util.List;

import org.zeroturnaround.exec.ProcessExecutor;

/**
 * zt-exec.
 */
final class ZtExec implements Contender {

	@Override
	public void run(List<String> command) throws Exception {
		new ProcessExecutor(command).execute();
	}

	@Override
	public int capture(List<String> command) throws Exception {
		return new ProcessExecutor(command).readOutput(true).execute().getOutput().getBytes().length;
	}

	@Override
	public void captureAsynchronously(List<String> command) throws Exception {
		new ProcessExecutor(command).readOutput(true).start().getFuture().get();
	}

}
