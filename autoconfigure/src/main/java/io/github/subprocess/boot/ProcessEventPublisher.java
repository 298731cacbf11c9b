// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes what listeners are told to the application context, so that methods with
 * {@code @EventListener} can take a {@link ProcessStarted}, {@link ProcessEnded},
 * {@link ProcessStartFailed} or {@link ProcessRejected}. Starts, failures and rejections
 * are published by the thread that launches, which waits for those listeners. So are ends
 * where a platform thread waits in {@code run()}; others are by a thread of the
 * launcher's executor, never by the one that watches all processes.
 *
 * @since 0.1.0
 */
public class ProcessEventPublisher implements ProcessListener {

	private final ApplicationEventPublisher publisher;

	/**
	 * Create a publisher.
	 * @param publisher where to publish
	 */
	public ProcessEventPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	@Override
	public void onStarted(ProcessStarted event) {
		this.publisher.publishEvent(event);
	}

	@Override
	public void onStartFailed(ProcessStartFailed event) {
		this.publisher.publishEvent(event);
	}

	@Override
	public void onRejected(ProcessRejected event) {
		this.publisher.publishEvent(event);
	}

	@Override
	public void onEnded(ProcessEnded event) {
		this.publisher.publishEvent(event);
	}

}
