// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.github.subprocess.SpawnWarning;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Makes cgroups for processes, with their limits, before those are born. Safe for use by
 * many threads.
 */
public final class CgroupMaker {

	private static final int ENOENT = 2;

	private static final int TRIES = 100;

	private final CgroupFiles files;

	private final Set<Path> swept = ConcurrentHashMap.newKeySet();

	private final Queue<ChildCgroup> left = new ConcurrentLinkedQueue<>();

	/**
	 * Create a maker.
	 * @param files the calls for cgroups
	 */
	public CgroupMaker(CgroupFiles files) {
		this.files = files;
	}

	/**
	 * Make what a policy asks for.
	 * @param policyName the name of the policy
	 * @param policy the policy, merged
	 * @param refusals takes what a child can do without and that was refused as a whole
	 * @return the cgroup for its next process, {@code null} where that has none
	 * @throws SpawnFailure if it cannot be made or limited, and must be; nothing is left
	 * of it then
	 */
	public @Nullable ChildCgroup make(String policyName, ProcessPolicy policy, List<SpawnWarning> refusals)
			throws SpawnFailure {
		CgroupPolicy wanted = policy.cgroup();
		if (wanted == null) {
			return null;
		}
		if (wanted.join() != null) {
			return ChildCgroup.joined(wanted.join());
		}
		if (wanted.parent() == null) {
			return null;
		}
		boolean required = policy.bestEffort() == null || !policy.bestEffort().contains(Attribute.CGROUP);
		Path directory;
		Path parent;
		try {
			parent = requireParent(wanted.parent());
			removeLeft(parent);
			directory = makeDirectory(parent, policyName);
		}
		catch (SpawnFailure ex) {
			if (required) {
				throw ex;
			}
			refusals.add(warning(ex, ex.subject()));
			return null;
		}
		List<SpawnWarning> warnings = new ArrayList<>();
		try {
			limit(parent, directory, CgroupLimit.of(wanted), required, warnings);
		}
		catch (SpawnFailure ex) {
			CgroupRemoval.remove(this.files, directory);
			throw ex;
		}
		return ChildCgroup.made(directory, this.files, warnings, this.left::add);
	}

	/**
	 * Remove those that were left and that nobody is in any more.
	 */
	public void removeLeft() {
		this.left.removeIf(ChildCgroup::remove);
	}

	private void removeLeft(Path parent) {
		if (this.swept.add(parent)) {
			CgroupRemoval.removeStale(this.files, parent);
		}
		if (!this.left.isEmpty()) {
			removeLeft();
		}
	}

	/**
	 * A directory could be made anywhere, and one of version 1 even be joined.
	 */
	private static Path requireParent(Path wanted) throws SpawnFailure {
		Path parent = CgroupHierarchy.resolve(wanted);
		if (parent == null) {
			throw noSuchFile(
					wanted + ", relative to the cgroup of the JVM, which no mounted cgroup of version 2 holds");
		}
		Path control = parent.resolve("cgroup.subtree_control");
		if (!Files.exists(control)) {
			throw noSuchFile(control.toString());
		}
		return parent;
	}

	private static SpawnFailure noSuchFile(String subject) {
		return new SpawnFailure(ChildStep.CGROUP, ENOENT, "ENOENT", "No such file or directory", subject);
	}

	private Path makeDirectory(Path parent, String policyName) throws SpawnFailure {
		Path directory = parent.resolve(CgroupName.next(policyName));
		for (int i = 1;; i++) {
			try {
				this.files.make(directory);
				return directory;
			}
			catch (SystemCallFailure ex) {
				// another class loader of this JVM counts for itself
				if (!ex.errnoName().equals("EEXIST") || i == TRIES) {
					throw failure(ex, directory.toString());
				}
				directory = parent.resolve(CgroupName.next(policyName));
			}
		}
	}

	private void limit(Path parent, Path directory, List<CgroupLimit> limits, boolean required,
			List<SpawnWarning> warnings) throws SpawnFailure {
		Path control = parent.resolve("cgroup.subtree_control");
		Set<String> enabled = limits.isEmpty() ? Set.of() : CgroupHierarchy.words(control);
		for (CgroupLimit limit : limits) {
			String subject = directory.resolve(limit.file()).toString();
			try {
				if (!enabled.contains(limit.controller())) {
					subject = "%s (+%s, for %s)".formatted(control, limit.controller(), limit.file());
					this.files.write(control, "+" + limit.controller());
					subject = directory.resolve(limit.file()).toString();
				}
				this.files.write(directory.resolve(limit.file()), limit.value());
			}
			catch (SystemCallFailure ex) {
				if (required) {
					throw failure(ex, subject);
				}
				warnings.add(warning(ex, subject));
			}
		}
	}

	private static SpawnFailure failure(SystemCallFailure ex, String subject) {
		return new SpawnFailure(ChildStep.CGROUP, ex.errno(), ex.errnoName(), ex.errnoText(), subject);
	}

	private static SpawnWarning warning(SystemCallFailure ex, @Nullable String subject) {
		return new SpawnWarning(ChildStep.CGROUP.text(), ex.errno(), ex.errnoName(), ex.errnoText(), subject);
	}

}
