// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.IOException;
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
 * The members of the cgroup that was made for a process. They cannot leave it without
 * rights that they do not have, and the kernel kills all of them at once.
 */
public final class CgroupCompanions implements Companions {

	private final OperatingSystem system;

	private final Cgroup cgroup;

	private final int leader;

	private final int jvm;

	private final Companions group;

	private @Nullable ProcessSignal signal;

	private final Set<Integer> seen = new HashSet<>();

	private final Set<Integer> told = new HashSet<>();

	private final Set<Integer> notPermitted = new HashSet<>();

	private Set<Integer> others = Set.of();

	/**
	 * Create the companions of a process.
	 * @param system the operating system
	 * @param cgroup where it was born
	 * @param leader the process
	 * @param group itself and the members of its group
	 */
	public CgroupCompanions(OperatingSystem system, Cgroup cgroup, int leader, Companions group) {
		this.system = system;
		this.cgroup = cgroup;
		this.leader = leader;
		this.jvm = (int) ProcessHandle.current().pid();
		this.group = group;
	}

	@Override
	public void ask(ProcessSignal signal) {
		this.group.ask(signal);
		tellAll(signal);
	}

	@Override
	public void kill() {
		this.group.kill();
		tellAll(ProcessSignal.KILL);
	}

	private void tellAll(ProcessSignal signal) {
		this.signal = signal;
		this.told.clear();
		look();
	}

	@Override
	public boolean look() {
		if (!refresh() || this.others.isEmpty()) {
			return this.group.look();
		}
		if (this.signal == ProcessSignal.KILL && killAtOnce()) {
			return true;
		}
		boolean anybody = false;
		for (Integer pid : this.others) {
			if (this.told.add(pid)) {
				tell(pid);
			}
			anybody |= !this.notPermitted.contains(pid);
		}
		return this.group.look() || anybody;
	}

	private boolean refresh() {
		try {
			Set<Integer> members = new HashSet<>(this.cgroup.members());
			members.remove(this.leader);
			members.remove(this.jvm);
			this.others = members;
			this.seen.addAll(members);
			return true;
		}
		catch (IOException ex) {
			// it has been removed, so it is empty
			this.others = Set.of();
			return false;
		}
	}

	/**
	 * The JVM may have been put there meanwhile: it does not end itself.
	 */
	private boolean killAtOnce() {
		try {
			if (this.cgroup.members().contains(this.jvm)) {
				return false;
			}
			this.cgroup.kill();
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private void tell(int pid) {
		ProcessSignal signal = this.signal;
		if (signal == null) {
			return;
		}
		try (Stranger stranger = Stranger.open(this.system, pid, () -> isMember(pid))) {
			if (stranger == null) {
				return;
			}
			if (!stranger.signal(signal)) {
				this.notPermitted.add(pid);
			}
			else if (signal != ProcessSignal.KILL) {
				stranger.signal(ProcessSignal.CONT);
			}
		}
	}

	private boolean isMember(int pid) {
		try {
			return this.cgroup.members().contains(pid);
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	public boolean mayLeaveTheGroup() {
		return true;
	}

	@Override
	public TreeEnd report() {
		List<LeftOver> left = new ArrayList<>();
		for (Integer pid : this.others) {
			ProcessEntry entry = ProcessEntry.read(pid);
			if (entry != null && entry.alive()) {
				left.add(new LeftOver(pid, entry.name(),
						this.notPermitted.contains(pid) ? Reason.NOT_PERMITTED : Reason.SURVIVED));
			}
		}
		return new TreeEnd(this.seen.size() - left.size(), left);
	}

}
