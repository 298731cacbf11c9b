// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnPlan;

/**
 * A few low descriptors of the JVM, held free for births: when thousands are open, what a
 * child needs is lent one of them, so that its table need not be copied up to where the
 * original lies. Reserved early, since a descriptor gets the lowest free number, and kept
 * for the life of the JVM. All are copies of one on {@code /dev/null}, close-on-exec.
 */
final class DescriptorRoom {

	/**
	 * Births at one time; another one copies its table.
	 */
	private static final int LEASES = 4;

	/**
	 * Three standard streams, the error pipe, a cgroup.
	 */
	private static final int LENT_NUMBERS = 5;

	/**
	 * Up to here a table is copied faster than numbers are lent.
	 */
	private static final int HIGH = 256;

	private static final int FIRST = 3;

	private static final int O_RDWR = 02;

	private static final int O_CLOEXEC = 02000000;

	private static final int F_DUPFD_CLOEXEC = 1030;

	private static final byte[] NULL_DEVICE = { '/', 'd', 'e', 'v', '/', 'n', 'u', 'l', 'l', 0 };

	private final Deque<List<Integer>> leases = new ConcurrentLinkedDeque<>();

	private final int nullDevice;

	private DescriptorRoom(int nullDevice) {
		this.nullDevice = nullDevice;
	}

	/**
	 * Reserve descriptors. Where there are none to be had the room stays smaller, or
	 * empty: births are slower then, and right all the same.
	 * @param libc the functions of libc
	 * @return the room
	 */
	static DescriptorRoom reserve(LibcFunctions libc) {
		int original = libc.open(NULL_DEVICE, O_RDWR | O_CLOEXEC, 0);
		DescriptorRoom room = new DescriptorRoom(original);
		if (original < 0) {
			return room;
		}
		for (int i = 0; i < LEASES; i++) {
			List<Integer> numbers = new ArrayList<>();
			for (int j = 0; j < LENT_NUMBERS; j++) {
				int number = libc.fcntl(original, F_DUPFD_CLOEXEC, FIRST);
				if (number >= HIGH) {
					libc.close(number);
				}
				if (number < 0 || number >= HIGH) {
					numbers.forEach(libc::close);
					return room;
				}
				numbers.add(number);
			}
			numbers.add(0, original);
			room.leases.add(List.copyOf(numbers));
		}
		return room;
	}

	/**
	 * Return the null device, open for reading and writing as long as the JVM lives.
	 * @return a descriptor that nobody closes, negative when there was none to be had
	 */
	int nullDevice() {
		return this.nullDevice;
	}

	/**
	 * Borrow numbers if a birth has use for them.
	 * @param plan what is to be born
	 * @return the one that is copied from and then those that can be lent, or nothing; to
	 * be {@linkplain #giveBack given back}
	 */
	List<Integer> borrow(SpawnPlan plan) {
		for (DescriptorMapping mapping : plan.descriptors()) {
			if (mapping.source() >= HIGH) {
				List<Integer> lease = this.leases.poll();
				return (lease != null) ? lease : List.of();
			}
		}
		return List.of();
	}

	/**
	 * Give numbers back.
	 * @param lease what was borrowed
	 */
	void giveBack(List<Integer> lease) {
		if (!lease.isEmpty()) {
			this.leases.push(lease);
		}
	}

}
