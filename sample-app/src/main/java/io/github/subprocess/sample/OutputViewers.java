// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;

import io.github.subprocess.ProcessLauncher;

import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * All who look on while processes write: a limited number, served by two threads however
 * many they are. A client that does not read holds one of the two until the server's
 * write timeout.
 */
@Component
class OutputViewers {

	private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

	/**
	 * Then browsers connect again and go on where they were.
	 */
	private static final Duration LONGEST_VIEW = Duration.ofMinutes(30);

	private final ProcessLauncher launcher;

	private final Semaphore places;

	private final ThreadPoolTaskScheduler scheduler;

	private final Set<SseEmitter> emitters = ConcurrentHashMap.newKeySet();

	OutputViewers(ProcessLauncher launcher, OutputProperties properties, ThreadPoolTaskSchedulerBuilder schedulers) {
		this.launcher = launcher;
		this.places = new Semaphore(properties.viewers());
		this.scheduler = schedulers.poolSize(2).threadNamePrefix("output-viewers-").build();
		this.scheduler.setDaemon(true);
		this.scheduler.initialize();
	}

	/**
	 * Show somebody what a process writes.
	 * @param id the id of the process
	 * @param from what has been seen already
	 * @return the events
	 */
	SseEmitter open(String id, OutputPosition from) {
		if (!this.places.tryAcquire()) {
			throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE, "Too many are looking on already");
		}
		SseEmitter emitter = new SseEmitter(LONGEST_VIEW.toMillis());
		OutputViewer viewer = new OutputViewer(this.launcher.processes(), id, from, emitter);
		this.emitters.add(emitter);
		emitter.onTimeout(emitter::complete);
		emitter.onCompletion(() -> leave(emitter));
		schedule(viewer);
		return emitter;
	}

	private void schedule(OutputViewer viewer) {
		ScheduledFuture<?> unused = this.scheduler.schedule(() -> look(viewer), Instant.now().plus(BETWEEN_LOOKS));
	}

	private void look(OutputViewer viewer) {
		try {
			if (!this.emitters.contains(viewer.emitter())) {
				return;
			}
			if (viewer.look()) {
				schedule(viewer);
				return;
			}
			viewer.emitter().complete();
		}
		catch (IOException | RuntimeException ex) {
			viewer.emitter().completeWithError(ex);
		}
		leave(viewer.emitter());
	}

	private void leave(SseEmitter emitter) {
		if (this.emitters.remove(emitter)) {
			this.places.release();
		}
	}

	/**
	 * A server that shuts down gracefully waits for its requests, and these would go on.
	 */
	@EventListener(ContextClosedEvent.class)
	void close() {
		this.scheduler.shutdown();
		this.emitters.forEach(SseEmitter::complete);
	}

	/**
	 * Return how many can look on besides those who do.
	 */
	int places() {
		return this.places.availablePermits();
	}

}
