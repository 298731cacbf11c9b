// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * The descriptors that become the standard streams of a child, on this side until it is
 * born.
 */
final class ChildEnds {

	private static final Path NULL_DEVICE = Path.of("/dev/null");

	private final DescriptorIo io;

	/**
	 * Those to be closed here.
	 */
	private final List<DescriptorMapping> ours = new ArrayList<>(3);

	private final List<DescriptorMapping> others = new ArrayList<>(0);

	/**
	 * Those that the child does not get.
	 */
	private final List<Integer> kept = new ArrayList<>(0);

	ChildEnds(DescriptorIo io) {
		this.io = io;
	}

	/**
	 * Add a descriptor, to be closed here once the child has its own.
	 */
	void add(int descriptor, int target) {
		this.ours.add(new DescriptorMapping(descriptor, target));
	}

	/**
	 * Add a descriptor that somebody else closes here.
	 */
	void lend(int descriptor, int target) {
		this.others.add(new DescriptorMapping(descriptor, target));
	}

	/**
	 * Add the null device.
	 * @throws SystemCallFailure if it cannot be opened
	 */
	void addNullDevice(int target) throws SystemCallFailure {
		Integer shared = this.io.nullDevice();
		if (shared != null) {
			lend(shared, target);
		}
		else {
			add((target == 0) ? this.io.openForReading(NULL_DEVICE) : this.io.openForWriting(NULL_DEVICE, true),
					target);
		}
	}

	/**
	 * Keep a descriptor that the birth needs, and close it here when it is over.
	 */
	void keep(int descriptor) {
		this.kept.add(descriptor);
	}

	/**
	 * Let the child have under another number, too, what it has under the first one, from
	 * this side or from the JVM.
	 */
	void share(int target, int another) {
		int source = mappings().stream()
			.filter((mapping) -> mapping.target() == target)
			.map(DescriptorMapping::source)
			.findFirst()
			.orElse(target);
		lend(source, another);
	}

	List<DescriptorMapping> mappings() {
		List<DescriptorMapping> all = new ArrayList<>(this.ours);
		all.addAll(this.others);
		return all;
	}

	void close() {
		for (DescriptorMapping mapping : this.ours) {
			this.io.close(mapping.source());
		}
		for (int descriptor : this.kept) {
			this.io.close(descriptor);
		}
		this.kept.clear();
		this.ours.clear();
		this.others.clear();
	}

}
