// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.kenai.jffi.MemoryIO;
import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.TestJvm;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import jnr.ffi.LibraryLoader;

import static io.github.subprocess.internal.jnr.TestPlan.plan;

/**
 * Launches that fail, of mixed kinds, early and late ones and children that are killed on
 * the way, and says what they have left. A program of its own: some are forks, and what a
 * fork takes grows with the JVM that is forked.
 */
public final class FailedLaunches {

	private static final int PARTS = 5;

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	private FailedLaunches() {
	}

	public static void main(String[] arguments) throws Exception {
		new FailedLaunches().run(Integer.parseInt(arguments[0]));
		System.exit(0);
	}

	private void run(int failures) throws Exception {
		fail(failures / 5);
		Set<String> descriptors = Fixture.openDescriptors();
		int threads = ManagementFactory.getThreadMXBean().getThreadCount();
		// the compilers of the JVM use the same heap, now more and now less, but a leak
		// grows each time
		List<Long> growths = new ArrayList<>();
		for (int i = 0; i < PARTS; i++) {
			growths.add(growthOf(failures / PARTS));
		}
		TestJvm.say("sameDescriptors", Fixture.openDescriptors().equals(descriptors) ? 1 : 0);
		TestJvm.say("zombies", Fixture.zombies().size());
		TestJvm.say("threadsMore", ManagementFactory.getThreadMXBean().getThreadCount() - threads);
		Collections.sort(growths);
		TestJvm.say("bytesEach", growths.get(PARTS / 2));
	}

	/**
	 * Return by how many bytes of native heap a failure leaves the JVM larger.
	 */
	private long growthOf(int failures) throws Exception {
		long before = nativeHeap();
		fail(failures);
		return (nativeHeap() - before) / failures;
	}

	private void fail(int times) throws Exception {
		List<SpawnPlan> plans = plans().toList();
		SystemCallFilter filter = new SystemCallFilter().kill(Call.SETSID);
		int failed = filter.call(() -> {
			int failures = 0;
			for (int i = 0; i < times; i++) {
				try {
					TestDescriptors.end(this.system, this.system.spawner().spawn(plans.get(i % plans.size())));
				}
				catch (SpawnFailure ex) {
					failures++;
				}
			}
			return failures;
		});
		if (failed != times) {
			throw new IllegalStateException("only %d of %d have failed".formatted(failed, times));
		}
	}

	private static Stream<SpawnPlan> plans() {
		return Stream.of(plan().program("/no/such/program", "an argument").build(),
				plan().program("/etc/passwd").build(),
				plan().program("/no/such/program").mechanism(SpawnMechanism.FORK).build(),
				plan().program("/no/such/program").closing(DescriptorClosing.PROC_SELF_FD).build(),
				plan().workingDirectory("/no/such/directory").build(),
				plan().descriptors(new DescriptorMapping(4000, 1)).build(),
				plan().descriptors(new DescriptorMapping(0, 100_000_000)).build(),
				plan().session(SessionMode.PROCESS_GROUP, Integer.MAX_VALUE).build(),
				// killed in this step by the filter
				plan().session(SessionMode.NEW_SESSION, 0).build(),
				plan().attributes(ChildAttributes.builder().cgroup("/tmp")).build(),
				plan().attributes(ChildAttributes.builder().cgroup("/no/such/cgroup")).build(),
				plan().attributes(ChildAttributes.builder().affinity(Set.of(4000))).build(),
				plan()
					.attributes(
							ChildAttributes.builder().limits(Map.of(Resource.OPEN_FILES, Limit.of(Integer.MAX_VALUE))))
					.build());
	}

	/**
	 * Return how many bytes of the heap of libc are in use.
	 */
	private static long nativeHeap() {
		Malloc malloc = LibraryLoader.create(Malloc.class).load("c");
		long used = 0;
		try (NativeBlock where = new NativeBlock(16)) {
			long stream = malloc.open_memstream(where.address(), where.address() + 8);
			if (malloc.malloc_info(0, stream) != 0) {
				TestJvm.say("untold", 1);
				System.exit(0);
			}
			malloc.fclose(stream);
			byte[] text = new byte[(int) where.getLong(8)];
			MemoryIO.getInstance().getByteArray(where.getLong(0), text, 0, text.length);
			malloc.free(where.getLong(0));
			String[] lines = new String(text, StandardCharsets.US_ASCII).split("\n");
			// the last lines are the totals of all arenas
			for (int i = lines.length - 1; i >= 0 && !lines[i].startsWith("</heap>"); i--) {
				if (lines[i].startsWith("<system type=\"current\"")) {
					used += size(lines[i]);
				}
				if (lines[i].startsWith("<total type=\"fast\"") || lines[i].startsWith("<total type=\"rest\"")) {
					used -= size(lines[i]);
				}
				if (lines[i].startsWith("<total type=\"mmap\"")) {
					used += size(lines[i]);
				}
			}
		}
		return used;
	}

	private static long size(String line) {
		return Long.parseLong(line.replaceAll(".*size=\"(\\d+)\".*", "$1"));
	}

	/**
	 * What libc tells about its heap.
	 */
	@SuppressWarnings("checkstyle:methodname")
	public interface Malloc {

		long open_memstream(long buffer, long size);

		int malloc_info(int options, long stream);

		int fclose(long stream);

		void free(long address);

	}

}
