// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.LeftOver;
import io.github.subprocess.LeftOver.Reason;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * The members of the process group that a process leads. The kernel signals all of them
 * at once, so that none can be born past a signal.
 */
public final class GroupCompanions implements Companions {

	private static final int EXISTENCE = 0;

	/**
	 * How often nobody could tell who is left, until it is taken for lasting: descriptors
	 * that are wanting now may be had soon.
	 */
	private static final int MOST_BLIND_LOOKS = 8;

	private static final System.Logger logger = System.getLogger(GroupCompanions.class.getName());

	private final OperatingSystem system;

	private final int group;

	private final int pidfd;

	private int seen;

	private int alive;

	private int blindLooks;

	/**
	 * Create the companions of a process.
	 * @param system the operating system
	 * @param group the process and its group
	 * @param pidfd the process
	 */
	public GroupCompanions(OperatingSystem system, int group, int pidfd) {
		this.system = system;
		this.group = group;
		this.pidfd = pidfd;
	}

	@Override
	public void ask(ProcessSignal signal) {
		count();
		send(signal);
		send(ProcessSignal.CONT);
	}

	@Override
	public void kill() {
		count();
		send(ProcessSignal.KILL);
	}

	private void send(ProcessSignal signal) {
		try {
			this.system.spawner().signalGroup(this.group, signal.number());
		}
		catch (SystemCallFailure ex) {
			// ESRCH: they have ended. EPERM: they have become somebody whom we may not
			// signal; the wait for their end is bounded all the same
			if (!ex.errnoName().equals("ESRCH")) {
				logger.log(System.Logger.Level.WARNING,
						"Process group " + this.group + " cannot be sent " + signal + ": " + ex.getMessage());
			}
		}
	}

	@Override
	public boolean look() {
		count();
		if (this.blindLooks == 0) {
			return this.alive > 0;
		}
		if (this.blindLooks < MOST_BLIND_LOOKS) {
			return true;
		}
		// nobody can tell who is left: nobody may be
		send(ProcessSignal.KILL);
		this.alive = 0;
		return false;
	}

	private void count() {
		// asked before: when it ends meanwhile, one too few is counted, not one too many
		boolean leaderLives = leaderLives();
		try {
			int members = this.system.spawner().countGroupMembers(this.group);
			this.alive = Math.max(0, leaderLives ? members - 1 : members);
			this.seen = Math.max(this.seen, this.alive);
			this.blindLooks = 0;
		}
		catch (SystemCallFailure ex) {
			this.blindLooks++;
		}
	}

	private boolean leaderLives() {
		try {
			return this.system.spawner().poll(this.pidfd, false) == null;
		}
		catch (SystemCallFailure ex) {
			return false;
		}
	}

	@Override
	public boolean mayLeaveTheGroup() {
		return false;
	}

	@Override
	public TreeEnd report() {
		List<LeftOver> left = (this.alive > 0) ? leftOvers() : List.of();
		return new TreeEnd(Math.max(0, this.seen - left.size()), left);
	}

	private List<LeftOver> leftOvers() {
		List<LeftOver> left = new ArrayList<>();
		for (ProcessEntry entry : ProcessTable.read().all()) {
			if (entry.group() == this.group && entry.pid() != this.group && entry.alive()) {
				left.add(new LeftOver(entry.pid(), entry.name(), reason(entry)));
			}
		}
		return left;
	}

	private Reason reason(ProcessEntry entry) {
		try (Stranger stranger = Stranger.open(this.system, entry)) {
			return (stranger == null || stranger.permits(EXISTENCE)) ? Reason.SURVIVED : Reason.NOT_PERMITTED;
		}
	}

}
