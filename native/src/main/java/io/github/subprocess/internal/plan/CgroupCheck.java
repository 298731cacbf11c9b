// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.github.subprocess.internal.cgroup.CgroupHierarchy;
import io.github.subprocess.internal.cgroup.CgroupLimit;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Finds why a child could not be put in its cgroup, or that not be made or limited,
 * before anything is made.
 */
final class CgroupCheck {

	private static final String PARENT = "cgroup.parent";

	private static final String DELEGATE = "delegate it: Delegate=yes of its systemd unit, or a cgroup file system "
			+ "that is not mounted read-only in its container";

	private final PolicyProblems problems;

	private final @Nullable Path own;

	CgroupCheck(PolicyProblems problems) {
		this(problems, CgroupHierarchy.own());
	}

	CgroupCheck(PolicyProblems problems, @Nullable Path own) {
		this.problems = problems;
		this.own = own;
	}

	void check(CgroupPolicy policy) {
		this.problems.compile(() -> CgroupCompiler.check(policy));
		if (policy.join() != null) {
			checkJoin(policy.join());
		}
		Path parent = policy.parent();
		if (parent == null) {
			return;
		}
		Path resolved = resolve(parent);
		if (resolved == null) {
			add(PARENT,
					"is relative to the cgroup of the JVM, and no mounted cgroup of version 2 holds that: " + parent);
		}
		else if (isUsable(resolved)) {
			CgroupLimit.of(policy).forEach((limit) -> checkController(resolved, limit));
		}
	}

	private @Nullable Path resolve(Path parent) {
		if (parent.isAbsolute()) {
			return parent;
		}
		return (this.own != null) ? this.own.resolve(parent).normalize() : null;
	}

	private void checkJoin(Path cgroup) {
		Path members = cgroup.resolve("cgroup.procs");
		if (!Files.isDirectory(cgroup)) {
			add("cgroup.join", "does not exist: " + cgroup);
		}
		else if (!Files.exists(members)) {
			add("cgroup.join", "is no cgroup, it has no cgroup.procs: " + cgroup);
		}
		else if (!Files.isWritable(members)) {
			add("cgroup.join", "cannot be joined, its cgroup.procs is not writable: " + cgroup);
		}
	}

	private boolean isUsable(Path parent) {
		Path above = commonAncestor(parent);
		if (!Files.isDirectory(parent)) {
			add(PARENT, "does not exist: " + parent);
		}
		else if (!Files.exists(parent.resolve("cgroup.subtree_control"))) {
			add(PARENT, "is no cgroup of version 2, it has no cgroup.subtree_control: " + parent);
		}
		else if (!Files.isWritable(parent)) {
			add(PARENT, "is not writable for the JVM, which makes cgroups in it: %s; %s".formatted(parent, DELEGATE));
		}
		else if (above != null && !Files.isWritable(above.resolve("cgroup.procs"))) {
			add(PARENT, "cannot be reached from the cgroup of the JVM: it may not move processes across %s, whose "
				.formatted(above) + "cgroup.procs is not writable; " + DELEGATE);
		}
		else {
			return true;
		}
		return false;
	}

	/**
	 * Who moves a process writes to what is above both places (cgroups(7), delegation).
	 */
	private @Nullable Path commonAncestor(Path parent) {
		for (Path above = parent.normalize(); above != null; above = above.getParent()) {
			if (this.own != null && this.own.startsWith(above)) {
				return Files.exists(above.resolve("cgroup.procs")) ? above : null;
			}
		}
		return null;
	}

	private void checkController(Path parent, CgroupLimit limit) {
		String controller = limit.controller();
		Path available = parent.resolve("cgroup.controllers");
		Path control = parent.resolve("cgroup.subtree_control");
		Set<String> controllers = CgroupHierarchy.words(available);
		if (!controllers.contains(controller)) {
			add(limit.key(),
					("needs the controller '%s' for %s, and %s has %s: it is to be enabled in the "
							+ "cgroup.subtree_control of the cgroup above, and not to be mounted as version 1")
						.formatted(controller, limit.file(), available, controllers.isEmpty() ? "none" : controllers));
		}
		else if (CgroupHierarchy.words(control).contains(controller)) {
			return;
		}
		else if (!Files.isWritable(control)) {
			add(limit.key(), "needs the controller '%s', which is not enabled in %s, and that is not writable; %s"
				.formatted(controller, control, DELEGATE));
		}
		else if (isBelowAnother(parent) && !CgroupHierarchy.words(parent.resolve("cgroup.procs")).isEmpty()) {
			add(limit.key(),
					("needs the controller '%s', which cannot be enabled in %s while processes are in that cgroup "
							+ "itself: move them to one beneath it (DelegateSubgroup= of a systemd unit does that for the "
							+ "JVM, and cgroup.parent is '..' then)")
						.formatted(controller, control));
		}
	}

	/**
	 * The root of the hierarchy may hold processes and control others: it has no type.
	 */
	private static boolean isBelowAnother(Path cgroup) {
		return Files.exists(cgroup.resolve("cgroup.type"));
	}

	private void add(String part, String reason) {
		this.problems.add(Attribute.CGROUP, part, reason);
	}

}
