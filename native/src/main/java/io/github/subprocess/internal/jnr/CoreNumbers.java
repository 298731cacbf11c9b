// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Set;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.SpawnPlan;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that {@code subprocess.h} gives to what has a name on this side.
 */
final class CoreNumbers {

	static final int CAN_SHARE_MEMORY = 1;

	static final int CAN_LACK_PIDFD = 4;

	static final int AUTO = 0;

	static final int FORK = 2;

	private static final int TERMINAL = 1;

	private static final int CGROUP = 1 << 1;

	private static final int LIMITS = 1 << 2;

	private static final int NICE = 1 << 3;

	private static final int AUTOGROUP = 1 << 4;

	private static final int OOM_SCORE = 1 << 5;

	private static final int AFFINITY = 1 << 6;

	private static final int UMASK = 1 << 7;

	private static final int GROUPS = 1 << 8;

	private static final int GROUP = 1 << 9;

	private static final int USER = 1 << 10;

	private static final int DEATH_SIGNAL = 1 << 11;

	private static final int NO_NEW_PRIVILEGES = 1 << 12;

	private static final int LANDLOCK = 1 << 13;

	private static final int SECCOMP = 1 << 14;

	private static final int PROGRAM_FILE = 1 << 15;

	private CoreNumbers() {
	}

	static int of(@Nullable SpawnMechanism mechanism, int capabilities) {
		if (mechanism == null) {
			return ((capabilities & CAN_SHARE_MEMORY) != 0) ? AUTO : FORK;
		}
		return switch (mechanism) {
			case VFORK -> 1;
			case FORK -> FORK;
			case POSIX_SPAWN -> throw new IllegalArgumentException("The native core does not know " + mechanism);
		};
	}

	static SpawnMechanism mechanism(int number) {
		return (number == FORK) ? SpawnMechanism.FORK : SpawnMechanism.VFORK;
	}

	static int of(@Nullable DescriptorClosing closing) {
		if (closing == null) {
			return AUTO;
		}
		return switch (closing) {
			case CLOSE_RANGE -> 1;
			case PROC_SELF_FD -> 2;
			case LOOP -> 3;
			case NONE -> 4;
			case UNSHARE -> 5;
		};
	}

	static DescriptorClosing closing(int number) {
		return switch (number) {
			case 1 -> DescriptorClosing.CLOSE_RANGE;
			case 2 -> DescriptorClosing.PROC_SELF_FD;
			case 3 -> DescriptorClosing.LOOP;
			case 5 -> DescriptorClosing.UNSHARE;
			default -> DescriptorClosing.NONE;
		};
	}

	static int of(SessionMode session) {
		return switch (session) {
			case INHERIT -> 0;
			case PROCESS_GROUP -> 1;
			case NEW_SESSION -> 2;
		};
	}

	/**
	 * Return what a plan asks for, and the cgroup if its directory is open. The nice
	 * value of a new session is set too: where the scheduler groups by session, that of a
	 * process says nothing beyond it (sched(7)).
	 */
	static int attributes(SpawnPlan plan, boolean cgroup) {
		ChildAttributes attributes = plan.attributes();
		int asked = bit(attributes.controllingTerminal() != null, TERMINAL) | bit(cgroup, CGROUP)
				| bit(!attributes.limits().isEmpty(), LIMITS) | bit(attributes.nice() != null, NICE)
				| bit(attributes.oomScore() != null, OOM_SCORE) | bit(!attributes.affinity().isEmpty(), AFFINITY)
				| bit(attributes.umask() != null, UMASK) | bit(attributes.groups() != null, GROUPS)
				| bit(attributes.group() != null, GROUP) | bit(attributes.user() != null, USER)
				| bit(attributes.deathSignal() != null, DEATH_SIGNAL)
				| bit(attributes.noNewPrivileges(), NO_NEW_PRIVILEGES)
				| bit(attributes.programFile() != null, PROGRAM_FILE);
		return asked | bit(attributes.nice() != null && plan.session() == SessionMode.NEW_SESSION, AUTOGROUP);
	}

	/**
	 * Return what a sandbox asks for.
	 * @param landlock whether there are rules of Landlock
	 * @param filter whether there is a filter of system calls
	 */
	static int sandbox(boolean landlock, boolean filter) {
		return bit(landlock, LANDLOCK) | bit(filter, SECCOMP);
	}

	private static int bit(boolean asked, int bit) {
		return asked ? bit : 0;
	}

	/**
	 * Return what the child may be started without. The parts of a sandbox that are done
	 * together may be missing together only.
	 */
	static int bestEffort(ChildAttributes child) {
		Set<Attribute> attributes = child.bestEffort();
		int bits = LANDLOCK | SECCOMP;
		for (Attribute attribute : attributes) {
			bits |= bits(attribute);
		}
		ChildSandbox sandbox = child.sandbox();
		if (sandbox != null) {
			for (Attribute part : sandbox.parts()) {
				bits &= attributes.contains(part) ? ~0 : ~bits(part);
			}
		}
		return bits;
	}

	private static int bits(Attribute attribute) {
		return switch (attribute) {
			case CONTROLLING_TERMINAL -> TERMINAL;
			case CGROUP -> CGROUP;
			case LIMITS -> LIMITS;
			case NICE -> NICE | AUTOGROUP;
			case OOM_SCORE -> OOM_SCORE;
			case AFFINITY -> AFFINITY;
			case UMASK -> UMASK;
			case GROUPS -> GROUPS;
			case GROUP -> GROUP;
			case USER -> USER;
			case DEATH_SIGNAL -> DEATH_SIGNAL;
			case NO_NEW_PRIVILEGES -> NO_NEW_PRIVILEGES;
			case SANDBOX_FILES, SANDBOX_PORTS, SANDBOX_SIGNALS, SANDBOX_ABSTRACT_SOCKETS -> LANDLOCK;
			case SANDBOX_NETWORK, SANDBOX_SYSTEM_CALLS -> SECCOMP;
		};
	}

}
