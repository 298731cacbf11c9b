// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;

/**
 * Puts the descriptors of a child where its program wants them, by actions of
 * posix_spawn. A source that lies where a target will be goes by way of a number above
 * all targets, and so does one that is its own target: a copy onto itself leaves
 * close-on-exec set under older libcs.
 * <p>
 * The numbers on the way are held by copies of a descriptor that nobody else has. Copies
 * of the sources would do, but for what happens when they are closed: that ends the locks
 * of this JVM on the file (fcntl(2)).
 */
final class DescriptorPlacement implements AutoCloseable {

	private static final int FIRST_OTHER = 3;

	private static final int HIGHEST_CLOSED_ONE_BY_ONE = 65535;

	private static final int F_GETFD = 1;

	private static final int F_DUPFD_CLOEXEC = 1030;

	private static final int CLOEXEC = 02000000;

	private static final int EINVAL = Errno.EINVAL.intValue();

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final SpawnPlan plan;

	private final TreeSet<Integer> targets = new TreeSet<>();

	/**
	 * A number on the way for each mapping that needs one, {@code -1} for the others.
	 */
	private final int[] ways;

	private final List<Integer> reserved = new ArrayList<>();

	DescriptorPlacement(LibcFunctions libc, Runtime runtime, SpawnPlan plan) throws SpawnFailure {
		this.libc = libc;
		this.runtime = runtime;
		this.plan = plan;
		this.ways = new int[plan.descriptors().size()];
		check();
		try {
			reserveWays();
		}
		catch (SpawnFailure ex) {
			close();
			throw ex;
		}
	}

	/**
	 * A source that is not open must be noticed before anything else is opened: that
	 * could get its number.
	 */
	private void check() throws SpawnFailure {
		for (int i = 0; i < this.ways.length; i++) {
			DescriptorMapping mapping = this.plan.descriptors().get(i);
			if (!this.targets.add(mapping.target())) {
				throw failure(ChildStep.REQUEST, EINVAL, i);
			}
			if (this.libc.fcntl(mapping.source(), F_GETFD, 0) < 0) {
				throw failure(ChildStep.REQUEST, this.runtime.getLastError(), i);
			}
		}
		if (closesOthers() && firstAboveTargets() > HIGHEST_CLOSED_ONE_BY_ONE + 1) {
			throw Unsupported.failure(ChildStep.CLOSE.text() + " below descriptor " + this.targets.last());
		}
	}

	private void reserveWays() throws SpawnFailure {
		for (int i = 0; i < this.ways.length; i++) {
			boolean isInTheWay = this.targets.contains(this.plan.descriptors().get(i).source());
			this.ways[i] = isInTheWay ? reserveAboveTargets(i) : -1;
		}
	}

	private int reserveAboveTargets(int index) throws SpawnFailure {
		if (this.reserved.isEmpty()) {
			this.reserved.add(require(this.libc.eventfd(0, CLOEXEC), index));
		}
		int number = require(this.libc.fcntl(this.reserved.get(0), F_DUPFD_CLOEXEC, firstAboveTargets()), index);
		this.reserved.add(number);
		return number;
	}

	private int require(int descriptor, int index) throws SpawnFailure {
		if (descriptor < 0) {
			throw failure(ChildStep.DESCRIPTORS, this.runtime.getLastError(), index);
		}
		return descriptor;
	}

	private int firstAboveTargets() {
		return this.targets.isEmpty() ? FIRST_OTHER : Math.max(FIRST_OTHER, this.targets.last() + 1);
	}

	private SpawnFailure failure(ChildStep step, int errno, int index) {
		return Errors.spawn(step, errno, GuiltyArgument.of(this.plan, ChildStep.DESCRIPTORS, index, errno, 0));
	}

	/**
	 * Add the actions that place the descriptors and close all others that the plan does
	 * not leave open.
	 */
	void addTo(SpawnActions actions) throws SpawnFailure {
		for (int i = 0; i < this.ways.length; i++) {
			if (this.ways[i] >= 0) {
				actions.copyDescriptor(this.plan.descriptors().get(i).source(), this.ways[i]);
			}
		}
		for (int i = 0; i < this.ways.length; i++) {
			DescriptorMapping mapping = this.plan.descriptors().get(i);
			actions.copyDescriptor((this.ways[i] >= 0) ? this.ways[i] : mapping.source(), mapping.target());
		}
		if (closesOthers()) {
			closeOthers(actions);
		}
		else {
			closeWays(actions);
		}
	}

	private void closeWays(SpawnActions actions) throws SpawnFailure {
		for (int way : this.ways) {
			if (way >= 0) {
				actions.closeDescriptor(way);
			}
		}
	}

	private void closeOthers(SpawnActions actions) throws SpawnFailure {
		int above = firstAboveTargets();
		for (int descriptor = FIRST_OTHER; descriptor < above; descriptor++) {
			if (!this.targets.contains(descriptor)) {
				actions.closeDescriptor(descriptor);
			}
		}
		actions.closeDescriptorsFrom(above);
	}

	private boolean closesOthers() {
		return this.plan.closing() != DescriptorClosing.NONE;
	}

	@Override
	public void close() {
		this.reserved.forEach(this.libc::close);
	}

}
