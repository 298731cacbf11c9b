// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.List;
import java.util.Random;

import io.github.subprocess.Fixture;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.TestJvm;
import io.github.subprocess.spi.SpawnPlan;
import jnr.ffi.LibraryLoader;

/**
 * Hands requests with arbitrary bytes to the core, in a JVM that may crash of it: seed,
 * tries. Some bytes are anything, others are those of a request that is in order but for
 * a few. The extent stays the true one: without it addresses are believed.
 */
public final class RandomRequests {

	private static final int EINVAL = 22;

	private static final int EXIT_SIZE = 88;

	/** What else a request of arbitrary bytes may end with: no descriptor, too much. */
	private static final List<Integer> REFUSED = List.of(EINVAL, 9, 7);

	private static final long[] NASTY = { 0, 1, -1, 7, 8, 232, 255, 256, 4096, Integer.MAX_VALUE, 0xffffffffL,
			Long.MAX_VALUE, Long.MIN_VALUE };

	private final CoreFunctions core = NativeCore.load(null).functions();

	private final LibcFunctions libc = LibraryLoader.create(LibcFunctions.class).load("c");

	private final Random random;

	private RandomRequests(long seed) {
		this.random = new Random(seed);
	}

	public static void main(String[] arguments) {
		RandomRequests requests = new RandomRequests(Long.parseLong(arguments[0]));
		int tries = Integer.parseInt(arguments[1]);
		TestJvm.say("anything", requests.anything(tries));
		requests.nearlyInOrder(tries);
		TestJvm.say("descriptors", Fixture.openDescriptors().size());
		TestJvm.say("zombies", Fixture.zombies().size());
	}

	/**
	 * Return how many were refused with EINVAL: all.
	 */
	private long anything(int tries) {
		long refused = 0;
		for (int i = 0; i < tries; i++) {
			byte[] bytes = new byte[RequestLayout.HEADER_SIZE + this.random.nextInt(512)];
			this.random.nextBytes(bytes);
			try (NativeBlock block = new NativeBlock(bytes.length)) {
				block.putBytes(0, bytes, bytes.length);
				block.putInt(RequestLayout.SIZE, RequestLayout.REQUEST_SIZE);
				block.putInt(RequestLayout.RESULT, RequestLayout.RESULT_SIZE);
				tellExtent(block, bytes.length);
				refused += (spawn(block) == -EINVAL) ? 1 : 0;
			}
		}
		return refused;
	}

	private void nearlyInOrder(int tries) {
		long refused = 0;
		long failed = 0;
		long born = 0;
		for (int i = 0; i < tries; i++) {
			try (NativeBlock block = PlanEncoder.encode(plan(), new PlanEncoder.Circumstances(0,
					CoreNumbers.of(null, 0), 0, List.of(), null, SandboxSupport.none()))) {
				long extent = block.getLong(RequestLayout.EXTENT);
				for (int count = this.random.nextInt(6); count >= 0; count--) {
					change(block, extent);
				}
				tellExtent(block, extent);
				int code = spawn(block);
				if (code == 0) {
					born++;
					reap(block);
				}
				else if (REFUSED.contains(-code)) {
					refused++;
				}
				else {
					failed++;
					require(block.getInt(RequestLayout.RESULT_STEP) != 0, "a failure without a step: " + code);
				}
			}
		}
		TestJvm.say("refused", refused);
		TestJvm.say("failed", failed);
		TestJvm.say("born", born);
	}

	private static SpawnPlan plan() {
		return TestPlan.plan().program(Fixture.program("exit_with"), "0").workingDirectory("/").build();
	}

	/** Nothing of the result, which the caller lays out by itself. */
	private void change(NativeBlock block, long extent) {
		long place;
		do {
			place = this.random.nextInt((int) extent - Long.BYTES) & ~3L;
		}
		while (place + Long.BYTES > RequestLayout.RESULT && place < RequestLayout.HEADER_SIZE);
		switch (this.random.nextInt(4)) {
			case 0 -> block.putInt(place, this.random.nextInt());
			case 1 -> block.putInt(place, (int) NASTY[this.random.nextInt(NASTY.length)]);
			case 2 -> block.putInt(place, block.getInt(place) ^ 1 << this.random.nextInt(32));
			default -> block.putInt(place, (int) (block.address() + this.random.nextInt((int) extent * 2)));
		}
	}

	private static void tellExtent(NativeBlock block, long extent) {
		block.putLong(RequestLayout.EXTENT, extent);
		block.putBytes(extent - 1, new byte[1], 1);
	}

	private int spawn(NativeBlock block) {
		return this.core.subprocess_spawn(block.address(), block.address() + RequestLayout.RESULT);
	}

	private void reap(NativeBlock block) {
		int pidfd = block.getInt(RequestLayout.RESULT_PIDFD);
		try (NativeBlock exit = new NativeBlock(EXIT_SIZE)) {
			exit.putInt(0, EXIT_SIZE);
			// what it was made of may be stopped, or wait for something
			this.core.subprocess_signal(pidfd, 9);
			require(this.core.subprocess_wait(pidfd, 0, exit.address()) == 1, "a child that does not end");
		}
		this.libc.close(pidfd);
	}

	private static void require(boolean condition, String what) {
		if (!condition) {
			throw new AssertionError(what);
		}
	}

}
