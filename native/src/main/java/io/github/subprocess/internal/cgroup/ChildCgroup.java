// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import io.github.subprocess.CgroupFigures;
import io.github.subprocess.CgroupUsage;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.internal.tree.Cgroup;
import io.github.subprocess.spi.CgroupFiles;
import org.jspecify.annotations.Nullable;

/**
 * The cgroup that a policy puts a process in.
 */
public final class ChildCgroup {

	private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	private static final long LONGEST_DISCARD_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final Cgroup cgroup;

	private final @Nullable CgroupFiles files;

	private final List<SpawnWarning> warnings;

	private final Consumer<ChildCgroup> left;

	private ChildCgroup(Path directory, @Nullable CgroupFiles files, List<SpawnWarning> warnings,
			Consumer<ChildCgroup> left) {
		this.left = left;
		this.cgroup = new Cgroup(directory);
		this.files = files;
		this.warnings = List.copyOf(warnings);
	}

	/**
	 * Return one that is there, and stays.
	 * @param directory its directory
	 * @return the cgroup
	 */
	public static ChildCgroup joined(Path directory) {
		return new ChildCgroup(directory, null, List.of(), (cgroup) -> {
		});
	}

	static ChildCgroup made(Path directory, CgroupFiles files, List<SpawnWarning> warnings,
			Consumer<ChildCgroup> left) {
		return new ChildCgroup(directory, files, warnings, left);
	}

	public Cgroup cgroup() {
		return this.cgroup;
	}

	/**
	 * Return whether it was made for this process alone.
	 * @return whether it was
	 */
	public boolean isMade() {
		return this.files != null;
	}

	/**
	 * Return which of its limits could not be set.
	 * @return a warning for each
	 */
	public List<SpawnWarning> warnings() {
		return this.warnings;
	}

	/**
	 * Return what its members have used.
	 * @return the usage, {@code null} of one that was joined
	 */
	public @Nullable CgroupUsage usage() {
		return isMade() ? CgroupReadings.read(this.cgroup.directory()) : null;
	}

	/**
	 * Return what its members use now.
	 * @return the figures, {@code null} of one that was joined or is no more
	 */
	public @Nullable CgroupFigures figures() {
		if (!isMade()) {
			return null;
		}
		CgroupFigures figures = CgroupReadings.readNow(this.cgroup.directory());
		return Files.isDirectory(this.cgroup.directory()) ? figures : null;
	}

	/**
	 * Remove it, with those beneath it.
	 * @return whether it is no more, or was never ours
	 */
	public boolean remove() {
		return this.files == null || CgroupRemoval.remove(this.files, this.cgroup.directory());
	}

	/**
	 * Return who is in it.
	 * @return process ids, none if it is no more
	 */
	public Set<Integer> members() {
		try {
			return this.cgroup.members();
		}
		catch (IOException ex) {
			return Set.of();
		}
	}

	/**
	 * Have the kernel kill all of them at once, unless the JVM is one of them.
	 */
	public void kill() {
		try {
			if (!members().contains((int) ProcessHandle.current().pid())) {
				this.cgroup.kill();
			}
		}
		catch (IOException ex) {
			// before Linux 5.14: they stay
		}
	}

	/**
	 * Leave it to those that live on in it: it is removed when they have ended, and
	 * another one is made, or the launcher is closed.
	 */
	public void leave() {
		this.left.accept(this);
	}

	/**
	 * Kill who is in it and remove it: nobody is going to watch what was born in it. Does
	 * nothing to one that was joined. Takes no longer than five seconds, and a moment as
	 * a rule.
	 */
	public void discard() {
		if (remove()) {
			return;
		}
		long begun = System.nanoTime();
		boolean interrupted = false;
		boolean removed = false;
		while (!removed && System.nanoTime() - begun < LONGEST_DISCARD_NANOS) {
			kill();
			LockSupport.parkNanos(PAUSE_NANOS);
			interrupted |= Thread.interrupted();
			removed = remove();
		}
		if (!removed) {
			leave();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
