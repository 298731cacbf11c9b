// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A child has exactly the descriptors that it should have, without the native core too.
 */
class PosixSpawnDescriptorTests extends AbstractPosixSpawnTests {

	private static final int F_DUPFD = 0;

	private static final int F_DUPFD_CLOEXEC = 1030;

	@ParameterizedTest
	@NullSource
	@EnumSource(value = DescriptorClosing.class, names = { "CLOSE_RANGE", "NONE" })
	void descriptorsChangePlaces(@Nullable DescriptorClosing closing, @TempDir Path directory) throws Exception {
		int first = open(directory, "first");
		int second = open(directory, "second");
		int third = open(directory, "third");
		int fourth = open(directory, "fourth");
		int fifth = open(directory, "fifth");
		Plan plan = plan("echo_args");
		plan.closing = closing;
		// a pair that swaps, a cycle of three, and one source for two targets
		plan.descriptors = List.of(new DescriptorMapping(first, second), new DescriptorMapping(second, first),
				new DescriptorMapping(third, fourth), new DescriptorMapping(fourth, fifth),
				new DescriptorMapping(fifth, third), new DescriptorMapping(fifth, 900));
		plan.readLinks(first, second, third, fourth, fifth, 900);
		assertThat(run(plan).lines()).containsExactly(directory + "/second", directory + "/first", directory + "/fifth",
				directory + "/third", directory + "/fourth", directory + "/fifth");
	}

	@Test
	void standardStreamsChangePlaces(@TempDir Path directory) throws Exception {
		int high = open(directory, "high");
		Plan plan = plan("echo_args");
		plan.descriptors = List.of(new DescriptorMapping(high, 0), new DescriptorMapping(0, high),
				new DescriptorMapping(2, 4));
		plan.readLinks(0, high, 4);
		assertThat(run(plan).lines()).startsWith(directory + "/high")
			.element(1)
			.isEqualTo(Files.readSymbolicLink(Path.of("/proc/self/fd/0")).toString());
	}

	@ParameterizedTest
	@NullSource
	@EnumSource(value = DescriptorClosing.class, names = { "CLOSE_RANGE", "NONE" })
	void descriptorIsKeptUnderItsNumberThoughItWouldBeClosedOnExec(@Nullable DescriptorClosing closing,
			@TempDir Path directory) throws Exception {
		int kept = open(directory, "kept");
		Plan plan = plan("echo_args");
		plan.closing = closing;
		plan.descriptors = List.of(new DescriptorMapping(kept, kept));
		plan.readLinks(kept);
		assertThat(run(plan).lines()).containsExactly(directory + "/kept");
		assertThat(libc.fcntl(kept, F_GETFD, 0)).as("close-on-exec in the JVM").isEqualTo(1);
	}

	@Test
	void noOtherDescriptorReachesTheChild() throws Exception {
		int anything = this.io.openForReading(Path.of("/dev/null"));
		this.opened.add(anything);
		for (int i = 0; i < 200; i++) {
			this.opened.add(libc.fcntl(anything, F_DUPFD, 3));
		}
		this.opened.add(libc.fcntl(anything, F_DUPFD, 2000));
		Plan plan = plan("print_fds");
		assertThat(run(plan).lines()).containsExactly("0", "1", "2");
		int kept = this.opened.get(77);
		plan.descriptors = List.of(new DescriptorMapping(anything, 5), new DescriptorMapping(2, 7),
				new DescriptorMapping(kept, kept));
		assertThat(run(plan).lines()).containsExactly("0", "1", "2", "5", "7", String.valueOf(kept));
	}

	@Test
	void otherDescriptorsAreClosedWhereTheKernelLacksCloseRange() throws Exception {
		this.opened.add(libc.fcntl(0, F_DUPFD, 3));
		this.opened.add(libc.fcntl(0, F_DUPFD, 800));
		Plan plan = plan("print_fds");
		plan.descriptors = List.of(new DescriptorMapping(2, 7));
		Outcome outcome = new SystemCallFilter().refuse(Call.CLOSE_RANGE, Errno.ENOSYS).call(() -> run(plan));
		assertThat(outcome.lines()).containsExactly("0", "1", "2", "7");
		assertThat(outcome.child().closing()).isEqualTo(DescriptorClosing.PROC_SELF_FD);
	}

	@Test
	void descriptorsThatAreNotClosedAreThoseOfTheJvm() throws Exception {
		int inheritable = libc.fcntl(0, F_DUPFD, 700);
		int closedOnExec = libc.fcntl(0, F_DUPFD_CLOEXEC, 700);
		this.opened.addAll(List.of(inheritable, closedOnExec));
		Plan plan = plan("print_fds");
		plan.closing = DescriptorClosing.NONE;
		plan.descriptors = List.of(new DescriptorMapping(inheritable, inheritable), new DescriptorMapping(1, 2));
		Outcome outcome = run(plan);
		assertThat(outcome.lines()).contains("0", "1", "2", String.valueOf(inheritable))
			.doesNotContain(String.valueOf(closedOnExec));
		assertThat(outcome.lines().stream().map(Integer::valueOf)).allSatisfy(
				(descriptor) -> assertThat(descriptor <= 2 || libc.fcntl(descriptor, F_GETFD, 0) == 0).isTrue());
		assertThat(outcome.child().closing()).isEqualTo(DescriptorClosing.NONE);
	}

	@Test
	void descriptorThatIsNotOpen() {
		Plan plan = plan("print_fds");
		plan.descriptors = List.of(new DescriptorMapping(1, 9), new DescriptorMapping(60_000, 7));
		assertFailure(plan, ChildStep.REQUEST, "EBADF", "descriptor 60000 as 7");
	}

	@Test
	void targetThatIsNamedTwice() {
		Plan plan = plan("print_fds");
		plan.descriptors = List.of(new DescriptorMapping(1, 7), new DescriptorMapping(2, 7));
		assertFailure(plan, ChildStep.REQUEST, "EINVAL", "descriptor 2 as 7");
	}

	@Test
	void targetAboveTheLimit() {
		Plan plan = plan("print_fds");
		plan.closing = DescriptorClosing.NONE;
		plan.descriptors = List.of(new DescriptorMapping(1, Integer.MAX_VALUE - 1));
		assertFailure(plan, ChildStep.DESCRIPTORS, "EBADF", "descriptor 1 as 2147483646");
		plan.descriptors = List.of(new DescriptorMapping(1, Integer.MAX_VALUE - 1), new DescriptorMapping(2, 2));
		assertFailure(plan, ChildStep.DESCRIPTORS, "EINVAL", "descriptor 2 as 2");
	}

	@Test
	void locksOfTheJvmOutliveAChildThatIsGivenTheirFile(@TempDir Path directory) throws Exception {
		Path file = directory.resolve("locked");
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			assertThat(channel.lock()).isNotNull();
			int locked = descriptorOf(file);
			String inode = Files.getAttribute(file, "unix:ino").toString();
			assertThat(lock(inode)).isNotEmpty();
			Plan plan = plan("print_fds");
			plan.descriptors = List.of(new DescriptorMapping(locked, locked));
			assertThat(run(plan).lines()).contains(String.valueOf(locked));
			assertThat(lock(inode)).isNotEmpty();
		}
	}

	private static int descriptorOf(Path file) throws IOException {
		for (String open : Fixture.openDescriptors()) {
			int descriptor = Integer.parseInt(open.substring(0, open.indexOf(" ")));
			Path entry = Path.of("/proc/self/fd", String.valueOf(descriptor));
			if (Files.isSymbolicLink(entry) && Files.readSymbolicLink(entry).equals(file)) {
				return descriptor;
			}
		}
		throw new AssertionError("no descriptor of " + file);
	}

	private static List<String> lock(String inode) throws IOException {
		try (Stream<String> locks = Files.lines(Path.of("/proc/locks"))) {
			return locks.filter((line) -> line.contains("POSIX") && line.contains(":" + inode + " ")).toList();
		}
	}

	@Test
	void inheritedStreamIsMadeToBlock() throws Exception {
		Map<Integer, Integer> flags = new HashMap<>(Map.of(0, 04002, 2, 02001));
		LibcFunctions unblocked = Substitute.function(LibcFunctions.class, libc, "fcntl", (arguments) -> {
			int descriptor = (int) arguments[0];
			if ((int) arguments[1] == 4) {
				flags.put(descriptor, Math.toIntExact((long) arguments[2]));
			}
			return flags.getOrDefault(descriptor, 0);
		});
		Plan plan = plan("print_fds");
		plan.descriptors = List.of(new DescriptorMapping(2, 1), new DescriptorMapping(99, 2));
		InheritedStreams.makeBlock(unblocked, runtime, plan.build());
		assertThat(flags).containsExactlyInAnyOrderEntriesOf(Map.of(0, 2, 2, 02001));
	}

}
