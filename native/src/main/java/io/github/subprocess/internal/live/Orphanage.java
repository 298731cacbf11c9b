// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;

import io.github.subprocess.internal.tree.Kin;
import io.github.subprocess.internal.tree.Orphans;
import io.github.subprocess.spi.OperatingSystem;

/**
 * Sees to it that orphans which the JVM has adopted are reaped when they end. As long as
 * there are any, the reactor looks once a second.
 */
public final class Orphanage {

	private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

	private final OperatingSystem system;

	private final Reactor reactor;

	private final Orphans orphans;

	private boolean looking;

	/**
	 * Create an orphanage.
	 * @param system the operating system
	 * @param reactor what looks
	 */
	public Orphanage(OperatingSystem system, Reactor reactor) {
		this.system = system;
		this.reactor = reactor;
		this.orphans = new Orphans(system);
	}

	/**
	 * A process is about to be reaped. May be called by any thread.
	 * @param kin its descendants
	 */
	void settle(Kin kin) {
		if (Orphans.settle(this.system, kin)) {
			this.reactor.execute(() -> takeOver(kin));
		}
	}

	private void takeOver(Kin kin) {
		this.orphans.add(kin);
		if (!this.looking) {
			this.looking = true;
			this.reactor.schedule(BETWEEN_LOOKS, this::look);
		}
	}

	private void look() {
		this.looking = this.orphans.look();
		if (this.looking) {
			this.reactor.schedule(BETWEEN_LOOKS, this::look);
		}
	}

}
