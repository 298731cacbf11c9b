// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.List;
import java.util.function.Consumer;

import io.github.subprocess.event.ProcessEnded;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessRefused;
import io.github.subprocess.event.ProcessRejected;
import io.github.subprocess.event.ProcessStartFailed;
import io.github.subprocess.event.ProcessStarted;

/**
 * Tells all listeners, each protected from what the others throw.
 */
final class Listeners {

	private static final System.Logger logger = System.getLogger(Listeners.class.getName());

	private final List<ProcessListener> listeners;

	Listeners(List<ProcessListener> listeners) {
		this.listeners = List.copyOf(listeners);
	}

	boolean isEmpty() {
		return this.listeners.isEmpty();
	}

	void started(ProcessStarted event) {
		tell((listener) -> listener.onStarted(event));
	}

	void startFailed(ProcessStartFailed event) {
		tell((listener) -> listener.onStartFailed(event));
	}

	void rejected(ProcessRejected event) {
		tell((listener) -> listener.onRejected(event));
	}

	void refused(ProcessRefused event) {
		tell((listener) -> listener.onRefused(event));
	}

	void ended(ProcessEnded event) {
		tell((listener) -> listener.onEnded(event));
	}

	private void tell(Consumer<ProcessListener> fact) {
		for (ProcessListener listener : this.listeners) {
			try {
				fact.accept(listener);
			}
			catch (RuntimeException ex) {
				logger.log(System.Logger.Level.WARNING, "A process listener failed: " + listener.getClass().getName(),
						ex);
			}
		}
	}

}
