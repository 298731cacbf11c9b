// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SandboxPath;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static io.github.subprocess.internal.jnr.TestPlan.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * As many inheritable descriptors as the machine allows, and then a soft limit far below
 * them: no child sees one that it was not given, and the JVM loses none.
 */
class ManyDescriptorsTests {

	private static final int MANY = 25_000;

	private static final int LOW_LIMIT = 256;

	private static final int RLIMIT_NOFILE = 7;

	/**
	 * A listing holds descriptors itself, on the folder that it lists.
	 */
	private static final Path THIS_LISTING = Path.of(Long.toString(ProcessHandle.current().pid()), "fd");

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	private final List<Integer> inheritable = new ArrayList<>();

	private long softBefore;

	private long hardBefore;

	@BeforeEach
	void openAsManyAsCanBe() {
		try (NativeBlock limit = new NativeBlock(16)) {
			TestDescriptors.TEST_LIBC.getrlimit(RLIMIT_NOFILE, limit.address());
			this.softBefore = limit.getLong(0);
			this.hardBefore = limit.getLong(8);
		}
		raiseLimit();
		for (int i = 0; i < MANY; i++) {
			// numbers under the low limit stay free for what comes
			int descriptor = TestDescriptors.openInheritable(LOW_LIMIT);
			if (descriptor < 0) {
				break;
			}
			this.inheritable.add(descriptor);
		}
		assertThat(this.inheritable).hasSizeGreaterThan(500);
		assertThat(setLimit(LOW_LIMIT, Math.max(this.hardBefore, MANY + 1000)) || setLimit(LOW_LIMIT, this.hardBefore))
			.isTrue();
	}

	@AfterEach
	void closeThem() {
		this.inheritable.forEach(TestDescriptors.LIBC::close);
		setLimit(this.softBefore, this.hardBefore);
	}

	/**
	 * Root may go beyond the hard limit.
	 */
	private void raiseLimit() {
		if (!setLimit(MANY + 1000, Math.max(this.hardBefore, MANY + 1000))) {
			setLimit(this.hardBefore, this.hardBefore);
		}
	}

	private static boolean setLimit(long soft, long hard) {
		try (NativeBlock limit = new NativeBlock(16)) {
			limit.putLong(0, soft);
			limit.putLong(8, hard);
			return TestDescriptors.TEST_LIBC.setrlimit(RLIMIT_NOFILE, limit.address()) == 0;
		}
	}

	@ParameterizedTest
	@MethodSource("waysOfBirth")
	void noneLeaks(@Nullable SpawnMechanism mechanism, @Nullable DescriptorClosing closing, DescriptorClosing used)
			throws Exception {
		TestDescriptors.Output output = TestDescriptors.run(this.system,
				plan().program(Fixture.program("print_fds")).mechanism(mechanism).closing(closing).build());
		assertThat(output.lines()).containsExactly("0", "1", "2");
		assertThat(output.child().closing()).isEqualTo(used);
	}

	@ParameterizedTest
	@MethodSource("waysOfBirth")
	void noneLeaksIntoASandbox(@Nullable SpawnMechanism mechanism, @Nullable DescriptorClosing closing,
			DescriptorClosing used) throws Exception {
		ChildSandbox sandbox = new ChildSandbox(List.of(new SandboxPath("/", true, false, true, false)), true, null,
				null, false, false, Set.of());
		Assumptions.assumeTrue(mechanism != SpawnMechanism.POSIX_SPAWN, "the C library makes no sandboxes");
		sandbox.parts()
			.forEach((part) -> Assumptions.assumeTrue(this.system.platform().sandbox().obstacle(part) == null,
					part.name()));
		TestDescriptors.Output output = TestDescriptors.run(this.system,
				plan().program(Fixture.program("print_fds"))
					.attributes(ChildAttributes.builder().sandbox(sandbox))
					.mechanism(mechanism)
					.closing(closing)
					.build());
		assertThat(output.lines()).containsExactly("0", "1", "2");
		assertThat(output.child().closing()).isEqualTo(used);
	}

	@ParameterizedTest
	@MethodSource("waysOfBirth")
	void highOneIsMappedAndTheOthersAreNot(@Nullable SpawnMechanism mechanism, @Nullable DescriptorClosing closing,
			DescriptorClosing used) throws Exception {
		Assumptions.assumeTrue(mechanism != SpawnMechanism.POSIX_SPAWN,
				"the C library takes nothing from above the limit");
		int high = this.inheritable.get(this.inheritable.size() - 1);
		TestDescriptors.Output output = TestDescriptors.run(this.system,
				plan().program(Fixture.program("print_fds"))
					.descriptors(new DescriptorMapping(high, 0), new DescriptorMapping(high - 1, 17))
					.mechanism(mechanism)
					.closing(closing)
					.build());
		assertThat(output.lines()).containsExactly("0", "1", "2", "17");
		assertThat(output.child().closing()).isEqualTo(used);
	}

	static Stream<Arguments> waysOfBirth() {
		return Stream.of(Arguments.of(null, null, DescriptorClosing.UNSHARE),
				Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.UNSHARE, DescriptorClosing.UNSHARE),
				Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.CLOSE_RANGE, DescriptorClosing.CLOSE_RANGE),
				Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.PROC_SELF_FD, DescriptorClosing.PROC_SELF_FD),
				Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.LOOP, DescriptorClosing.LOOP),
				Arguments.of(SpawnMechanism.FORK, null, DescriptorClosing.CLOSE_RANGE),
				Arguments.of(SpawnMechanism.FORK, DescriptorClosing.PROC_SELF_FD, DescriptorClosing.PROC_SELF_FD),
				Arguments.of(SpawnMechanism.FORK, DescriptorClosing.LOOP, DescriptorClosing.LOOP),
				Arguments.of(SpawnMechanism.POSIX_SPAWN, null, DescriptorClosing.CLOSE_RANGE));
	}

	@Test
	void locksOfTheJvmOutliveAChildThatIsGivenTheirFile(@TempDir Path directory) throws Exception {
		Path file = Files.createFile(directory.resolve("locked"));
		raiseLimit();
		TestDescriptors.LIBC.close(this.inheritable.remove(this.inheritable.size() - 1));
		// before the lock, since one descriptor of the file is closed again
		int descriptor = TestDescriptors.open(file, LOW_LIMIT);
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE); FileLock lock = channel.lock()) {
			String inode = ":" + Files.getAttribute(file, "unix:ino") + " ";
			assertThat(Files.readString(Path.of("/proc/locks"))).contains(inode);
			TestDescriptors.run(this.system, plan().descriptors(new DescriptorMapping(descriptor, 0)).build());
			assertThat(Files.readString(Path.of("/proc/locks"))).contains(inode);
			assertThat(lock.isValid()).isTrue();
		}
		finally {
			TestDescriptors.LIBC.close(descriptor);
		}
	}

	@Test
	void tableOfTheJvmIsUntouched() throws Exception {
		List<SpawnPlan> failing = List.of(plan().program("/no/such/program").build(),
				plan().workingDirectory("/no/such/directory").build(),
				plan().session(SessionMode.PROCESS_GROUP, Integer.MAX_VALUE).build(),
				plan()
					.descriptors(
							new DescriptorMapping(this.inheritable.get(7000 % this.inheritable.size()), 100_000_000))
					.build(),
				plan().attributes(ChildAttributes.builder().cgroup("/tmp")).build());
		SpawnPlan working = plan().descriptors(new DescriptorMapping(this.inheritable.get(300), 0)).build();
		TestDescriptors.run(this.system, working);
		Map<String, String> before = table();
		for (int i = 0; i < 50; i++) {
			TestDescriptors.run(this.system, working);
			for (SpawnPlan plan : failing) {
				catchThrowableOfType(SpawnFailure.class, () -> this.system.spawner().spawn(plan));
			}
		}
		Map<String, String> after = table();
		assertThat(differences(before, after)).isEmpty();
	}

	/**
	 * Return what differs, and not the thousands that are the same. A poll or an event of
	 * a launcher that an earlier test has closed may go meanwhile.
	 */
	private static List<String> differences(Map<String, String> before, Map<String, String> after) {
		Set<String> descriptors = new TreeSet<>(before.keySet());
		descriptors.addAll(after.keySet());
		List<String> differences = new ArrayList<>();
		for (String descriptor : descriptors) {
			String was = before.get(descriptor);
			String is = after.get(descriptor);
			if (!Objects.equals(was, is) && !(is == null && was.startsWith("anon_inode:[event"))) {
				differences.add(descriptor + ": " + was + " -> " + is);
			}
		}
		return differences;
	}

	/**
	 * Return the target and the flags, close-on-exec among them, of each descriptor.
	 */
	private static Map<String, String> table() throws IOException {
		Map<String, String> table = new HashMap<>();
		try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
			for (Path entry : entries.toList()) {
				String name = entry.getFileName().toString();
				try {
					String flags = Files.readAllLines(Path.of("/proc/self/fdinfo", name)).get(1);
					Path target = Files.readSymbolicLink(entry);
					if (!target.endsWith(THIS_LISTING)) {
						table.put(name, target + " " + flags);
					}
				}
				catch (IOException ex) {
					// closed since it was listed
				}
			}
		}
		return table;
	}

}
