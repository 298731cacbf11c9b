// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.jmh;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.event.LaunchRequest;
import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessStarted;

/**
 * What one launch told, to be told again and again.
 *
 * @param request what was asked for
 * @param started what was told of its start
 * @param ended what was told of its end
 */
record SeenEvents(LaunchRequest request, ProcessStarted started, ProcessEnded ended) {

	static SeenEvents ofOneLaunch() throws Exception {
		CompletableFuture<LaunchRequest> request = new CompletableFuture<>();
		CompletableFuture<ProcessStarted> started = new CompletableFuture<>();
		CompletableFuture<ProcessEnded> ended = new CompletableFuture<>();
		ProcessListener listener = new ProcessListener() {
			@Override
			public void onStarted(ProcessStarted event) {
				started.complete(event);
			}

			@Override
			public void onEnded(ProcessEnded event) {
				ended.complete(event);
			}
		};
		try (ProcessLauncher launcher = ProcessLauncher.builder().listener(listener).interceptor((asked) -> {
			request.complete(asked);
			return null;
		}).build()) {
			launcher.command(Children.endAtOnce()).run();
			return new SeenEvents(Objects.requireNonNull(request.get(1, TimeUnit.MINUTES)),
					Objects.requireNonNull(started.get(1, TimeUnit.MINUTES)),
					Objects.requireNonNull(ended.get(1, TimeUnit.MINUTES)));
		}
	}

}
