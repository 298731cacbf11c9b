// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.zaxxer.nuprocess.NuAbstractProcessHandler;
import com.zaxxer.nuprocess.NuProcess;
import com.zaxxer.nuprocess.NuProcessBuilder;

/**
 * NuProcess.
 */
final class NuProcesses implements Contender {

	@Override
	public Running start(List<String> command) {
		return begin(command);
	}

	@Override
	public int capture(List<String> command) throws Exception {
		Handler handler = begin(command);
		handler.await();
		return handler.count;
	}

	@Override
	public void captureAsynchronously(List<String> command) {
		begin(command).end.join();
	}

	private static Handler begin(List<String> command) {
		Handler handler = new Handler();
		NuProcess process = new NuProcessBuilder(handler, command).start();
		if (process == null) {
			throw new IllegalStateException("NuProcess has not started");
		}
		handler.process = process;
		return handler;
	}

	private static final class Handler extends NuAbstractProcessHandler implements Running {

		private final CompletableFuture<Integer> end = new CompletableFuture<>();

		private volatile int count;

		private NuProcess process;

		@Override
		public void onStdout(ByteBuffer buffer, boolean closed) {
			this.count += buffer.remaining();
			buffer.position(buffer.limit());
		}

		@Override
		public void onExit(int code) {
			this.end.complete(code);
		}

		@Override
		public void await() throws Exception {
			this.process.waitFor(0, TimeUnit.SECONDS);
		}

		@Override
		public void whenEnded(Runnable action) {
			this.end.thenRun(action);
		}

	}

}
