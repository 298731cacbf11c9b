// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnPlan;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Says which argument of a plan is to blame for a step that failed, in the words of the
 * plan.
 */
final class GuiltyArgument {

	private static final int ENTRY_SHIFT = 16;

	private static final int MEMBER_MASK = 0xffff;

	private GuiltyArgument() {
	}

	/**
	 * Return the guilty argument.
	 * @param plan what was to be started
	 * @param step the step that failed
	 * @param detail what the core says of it
	 * @param errno the number of the error
	 * @param signal the signal that killed the child, with {@link ChildStep#LOST}
	 * @return the argument, or {@code null} if the step has none
	 */
	static @Nullable String of(SpawnPlan plan, ChildStep step, int detail, int errno, int signal) {
		ChildAttributes attributes = plan.attributes();
		return switch (step) {
			case REQUEST -> member(plan, detail);
			case DESCRIPTORS -> descriptor(plan, detail);
			case BLOCKING, TERMINAL -> "descriptor " + detail;
			case PROCESS_GROUP -> (detail != 0) ? "group " + detail : null;
			case CGROUP -> attributes.cgroup();
			case LIMITS -> limit(attributes.limits(), detail);
			case NICE, AUTOGROUP -> text(attributes.nice());
			case OOM_SCORE -> text(attributes.oomScore());
			case AFFINITY -> "processors " + new TreeSet<>(attributes.affinity());
			case UMASK -> (attributes.umask() != null) ? "0%03o".formatted(attributes.umask()) : null;
			case CHDIR -> plan.workingDirectory();
			case GROUPS -> groups(attributes.groups());
			case GROUP_ID, USER_ID -> Integer.toUnsignedString(detail);
			case DEATH_SIGNAL, SIGNALS -> ProcessSignal.nameOf(detail);
			case LANDLOCK_RULES -> rule(attributes.sandbox(), detail);
			case CLOSE -> "by " + CoreNumbers.closing(detail);
			case EXEC -> program(plan, detail, errno);
			case LOST ->
				((signal != 0) ? "killed by " + ProcessSignal.nameOf(signal) : "ended") + " in step " + name(detail);
			case ERROR_PIPE, BIRTH, PIDFD, POSIX_SPAWN, TABLE, SESSION, NO_NEW_PRIVILEGES, LANDLOCK, SIGNAL_MASK,
					SECCOMP ->
				null;
		};
	}

	private static String member(SpawnPlan plan, int detail) {
		int member = detail & MEMBER_MASK;
		int index = detail >>> ENTRY_SHIFT;
		if (member == RequestLayout.DESCRIPTORS) {
			return descriptor(plan, index);
		}
		return RequestLayout.nameOf(member);
	}

	private static String descriptor(SpawnPlan plan, int index) {
		if (index >= plan.descriptors().size()) {
			return "error pipe, cgroup or rules of Landlock, in the way of a descriptor";
		}
		DescriptorMapping mapping = plan.descriptors().get(index);
		return "descriptor " + mapping.source() + " as " + mapping.target();
	}

	private static String limit(Map<Resource, Limit> limits, int number) {
		Resource resource = Resource.of(number);
		return resource + " " + limits.get(resource);
	}

	/**
	 * Rules of files come first, in the order of the sandbox.
	 */
	private static @Nullable String rule(@Nullable ChildSandbox sandbox, int index) {
		if (sandbox == null || sandbox.files() == null || index >= sandbox.files().size()) {
			return null;
		}
		return sandbox.files().get(index).path();
	}

	private static String groups(@Nullable List<Long> groups) {
		return (groups == null || groups.isEmpty()) ? "no groups" : "groups " + groups;
	}

	private static String program(SpawnPlan plan, int index, int errno) {
		if (errno == Errno.E2BIG.intValue()) {
			return plan.programs().get(index) + ": " + TooMuchText.of(plan);
		}
		if (errno != Errno.ENOENT.intValue() || plan.programs().size() == 1) {
			return plan.programs().get(index);
		}
		return plan.arguments().get(0) + " (tried " + String.join(", ", plan.programs()) + ")";
	}

	private static @Nullable String text(@Nullable Integer value) {
		return (value != null) ? value.toString() : null;
	}

	private static String name(int number) {
		ChildStep step = ChildStep.of(number);
		return (step != null) ? step.text() : String.valueOf(number);
	}

}
