// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.subprocess.LeftOver;
import io.github.subprocess.LeftOver.Reason;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.spi.OperatingSystem;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Kin} of a process, whatever of its group and session they have left. Each
 * look reads {@code /proc}.
 */
public final class TreeCompanions implements Companions {

	private final OperatingSystem system;

	private final Kin kin;

	private final Companions group;

	private @Nullable ProcessSignal signal;

	/**
	 * Who has been seen alive, by pid and start.
	 */
	private final Set<List<Long>> seen = new HashSet<>();

	/**
	 * Who has got the signal that was sent last.
	 */
	private final Set<List<Long>> told = new HashSet<>();

	private final Set<List<Long>> notPermitted = new HashSet<>();

	/**
	 * Create the companions of a process.
	 * @param system the operating system
	 * @param kin its descendants
	 * @param group itself and the members of its group
	 */
	public TreeCompanions(OperatingSystem system, Kin kin, Companions group) {
		this.system = system;
		this.kin = kin;
		this.group = group;
	}

	@Override
	public void ask(ProcessSignal signal) {
		// before they lose the parents by which they are known
		refresh();
		this.group.ask(signal);
		tellAll(signal);
	}

	@Override
	public void kill() {
		refresh();
		this.group.kill();
		tellAll(ProcessSignal.KILL);
	}

	private void tellAll(ProcessSignal signal) {
		this.signal = signal;
		this.told.clear();
		look();
	}

	private void refresh() {
		this.kin.look(ProcessTable.read());
		for (ProcessEntry entry : this.kin.related()) {
			if (entry.alive()) {
				this.seen.add(key(entry));
			}
		}
	}

	@Override
	public boolean look() {
		refresh();
		List<ProcessEntry> zombies = this.kin.orphanedZombies();
		zombies.forEach(this::reap);
		boolean anybody = !zombies.isEmpty();
		for (ProcessEntry entry : List.copyOf(this.kin.related())) {
			if (entry.alive()) {
				if (this.told.add(key(entry))) {
					tell(entry);
				}
				anybody |= !this.notPermitted.contains(key(entry));
			}
		}
		return anybody;
	}

	private void tell(ProcessEntry entry) {
		ProcessSignal signal = this.signal;
		if (signal == null) {
			return;
		}
		try (Stranger stranger = Stranger.open(this.system, entry)) {
			if (stranger == null) {
				return;
			}
			if (!stranger.signal(signal)) {
				this.notPermitted.add(key(entry));
			}
			else if (signal != ProcessSignal.KILL) {
				stranger.signal(ProcessSignal.CONT);
			}
		}
	}

	private void reap(ProcessEntry zombie) {
		try (Stranger stranger = Stranger.open(this.system, zombie)) {
			if (stranger != null) {
				stranger.reap();
			}
		}
	}

	@Override
	public boolean mayLeaveTheGroup() {
		return true;
	}

	@Override
	public TreeEnd report() {
		List<LeftOver> left = new ArrayList<>();
		int ended = this.seen.size();
		for (ProcessEntry entry : this.kin.related()) {
			if (entry.alive()) {
				ended--;
				left.add(leftOver(entry,
						this.notPermitted.contains(key(entry)) ? Reason.NOT_PERMITTED : Reason.SURVIVED));
			}
		}
		this.kin.strays().forEach((entry) -> left.add(leftOver(entry, Reason.NOT_ADOPTED)));
		return new TreeEnd(ended, left);
	}

	private static LeftOver leftOver(ProcessEntry entry, Reason reason) {
		return new LeftOver(entry.pid(), entry.name(), reason);
	}

	private static List<Long> key(ProcessEntry entry) {
		return List.of((long) entry.pid(), entry.start());
	}

}
