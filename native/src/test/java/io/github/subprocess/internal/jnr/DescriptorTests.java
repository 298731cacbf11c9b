// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import jnr.ffi.LibraryLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A child has exactly the descriptors that it should have, with every mechanism and every
 * way of closing, though the JVM holds 500 that it could inherit.
 */
class DescriptorTests {

	private static final int F_DUPFD = 0;

	private final LibcFunctions libc = LibraryLoader.create(LibcFunctions.class).load("c");

	private final List<Integer> inheritable = new ArrayList<>();

	@BeforeEach
	void openInheritableDescriptors() {
		for (int i = 0; i < 500; i++) {
			int descriptor = this.libc.open("/dev/null\0".getBytes(StandardCharsets.US_ASCII), 0, 0);
			assertThat(descriptor).isNotNegative();
			this.inheritable.add(descriptor);
		}
	}

	@AfterEach
	void closeThem() {
		this.inheritable.forEach(this.libc::close);
	}

	@Test
	void childSeesItsStandardStreamsAndItsOwn() {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			assertThat(launcher.command("ls", "/proc/self/fd").run().outputLines()).containsExactly("0", "1", "2", "3");
			assertThat(launcher.command(Fixture.program("print_fds")).run().outputLines()).containsExactly("0", "1",
					"2");
		}
	}

	@Test
	void childGetsWhatIsKept() {
		int kept = this.inheritable.get(77);
		ProcessPolicy keep = ProcessPolicy.undecided().withDescriptors(new DescriptorPolicy(null, List.of(kept)));
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			assertThat(launcher.command(Fixture.program("print_fds")).overrides(keep).run().outputLines())
				.containsExactly("0", "1", "2", String.valueOf(kept));
		}
	}

	@Test
	void childInheritsAllWhenItMay() {
		ProcessPolicy all = ProcessPolicy.undecided()
			.withDescriptors(new DescriptorPolicy(DescriptorPolicy.Mode.INHERIT_ALL, null));
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			assertThat(launcher.command(Fixture.program("print_fds")).overrides(all).run().outputLines())
				.containsAll(this.inheritable.stream().map(String::valueOf).toList());
		}
	}

	@ParameterizedTest
	@MethodSource("waysOfBirth")
	void everyWayOfBirthClosesTheSame(@Nullable SpawnMechanism mechanism, @Nullable DescriptorClosing closing)
			throws Exception {
		OperatingSystem system = JnrOperatingSystem.load(null);
		DescriptorIo io = system.descriptors();
		DescriptorIo.Pipe pipe = io.pipe(true);
		int input = io.openForReading(Path.of("/dev/null"));
		// far up, in the way of nothing; and one that swaps places with standard error
		int high = this.libc.fcntl(this.inheritable.get(0), F_DUPFD, 900);
		SpawnPlan plan = new SpawnPlan(List.of(Fixture.program("print_fds")), List.of("print_fds"), List.of(), null,
				SessionMode.NEW_SESSION, 0,
				List.of(new DescriptorMapping(input, 0), new DescriptorMapping(pipe.childEnd(), 1),
						new DescriptorMapping(high, 5), new DescriptorMapping(2, 7)),
				ChildAttributes.none(), closing, mechanism);
		SpawnedChild child = system.spawner().spawn(plan);
		io.close(pipe.childEnd());
		io.close(input);
		io.close(high);
		ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
		await().until(() -> io.read(pipe.parentEnd(), buffer) == 0);
		await().until(() -> system.spawner().poll(child.pidfd(), true) != null);
		io.close(pipe.parentEnd());
		io.close(child.pidfd());
		assertThat(StandardCharsets.US_ASCII.decode(buffer.flip()).toString().lines()).containsExactly("0", "1", "2",
				"5", "7");
		assertThat(child.closing()).isEqualTo((closing != null) ? closing : DescriptorClosing.UNSHARE);
		assertThat(child.mechanism()).isEqualTo((mechanism != null) ? mechanism : SpawnMechanism.VFORK);
	}

	static Stream<Arguments> waysOfBirth() {
		return Stream.of(Arguments.of(null, null), Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.CLOSE_RANGE),
				Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.PROC_SELF_FD),
				Arguments.of(SpawnMechanism.VFORK, DescriptorClosing.LOOP),
				Arguments.of(SpawnMechanism.FORK, DescriptorClosing.CLOSE_RANGE),
				Arguments.of(SpawnMechanism.FORK, DescriptorClosing.PROC_SELF_FD),
				Arguments.of(SpawnMechanism.FORK, DescriptorClosing.LOOP),
				Arguments.of(SpawnMechanism.POSIX_SPAWN, DescriptorClosing.CLOSE_RANGE));
	}

}
