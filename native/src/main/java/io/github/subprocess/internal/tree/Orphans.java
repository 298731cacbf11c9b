// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.spi.OperatingSystem;

/**
 * Descendants that live on after their process, and that become children of the JVM as
 * their parents end: reaped when they have ended, and not before they have been
 * recognised. Lives on the event loop.
 */
public final class Orphans {

	private final OperatingSystem system;

	private final List<Kin> families = new ArrayList<>();

	/**
	 * Create a home for nobody yet.
	 * @param system the operating system
	 */
	public Orphans(OperatingSystem system) {
		this.system = system;
	}

	/**
	 * Look who lives on when a process is about to be reaped, and reap who does not.
	 * @param system the operating system
	 * @param kin its descendants
	 * @return whether anybody lives on
	 */
	public static boolean settle(OperatingSystem system, Kin kin) {
		kin.look(ProcessTable.read());
		reapZombies(system, kin);
		kin.leaderReaped();
		return !kin.related().isEmpty();
	}

	/**
	 * Take over who lives on.
	 * @param kin descendants of a process that has been reaped
	 */
	public void add(Kin kin) {
		this.families.add(kin);
	}

	/**
	 * Reap those who have ended.
	 * @return whether anybody lives on
	 */
	public boolean look() {
		ProcessTable table = ProcessTable.read();
		for (Kin kin : this.families) {
			kin.look(table);
			reapZombies(this.system, kin);
		}
		this.families.removeIf((kin) -> kin.related().isEmpty());
		return !this.families.isEmpty();
	}

	private static void reapZombies(OperatingSystem system, Kin kin) {
		for (ProcessEntry zombie : kin.orphanedZombies()) {
			try (Stranger stranger = Stranger.open(system, zombie)) {
				if (stranger != null) {
					stranger.reap();
				}
			}
		}
	}

}
