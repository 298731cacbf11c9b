// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * How children are started, watched and ended in tests without the native core.
 */
abstract class AbstractPosixSpawnTests {

	static final int F_GETFD = 1;

	static final LibcFunctions libc = LibraryLoader.create(LibcFunctions.class).load("c");

	static final SpawnFunctions functions = LibraryLoader.create(SpawnFunctions.class).load("c");

	static final Runtime runtime = Runtime.getRuntime(libc);

	final DescriptorIo io = new JnrDescriptorIo(libc, runtime, -1);

	final PosixSpawnSpawner spawner = new PosixSpawnSpawner(libc);

	final List<Integer> opened = new ArrayList<>();

	@AfterEach
	void closeOpened() {
		this.opened.forEach(this.io::close);
	}

	static Plan plan(String fixture, String... arguments) {
		return new Plan(fixture, arguments);
	}

	int open(Path directory, String name) throws IOException, SystemCallFailure {
		int descriptor = this.io.openForReading(Files.writeString(directory.resolve(name), name));
		this.opened.add(descriptor);
		return descriptor;
	}

	static Map<String, String> ids(Outcome outcome) {
		Map<String, String> ids = new HashMap<>();
		outcome.lines().forEach((line) -> ids.put(line.split("\\s+")[0], line.split("\\s+", 2)[1].strip()));
		return ids;
	}

	Outcome run(Plan plan) throws Exception {
		return run(this.spawner, plan);
	}

	Outcome run(PosixSpawnSpawner spawner, Plan plan) throws Exception {
		try (Running running = start(spawner, plan)) {
			running.awaitEndOfOutput();
			return new Outcome(running.child, running.awaitExit(), running.output().lines().toList());
		}
	}

	Running start(Plan plan) throws Exception {
		return start(this.spawner, plan);
	}

	Running start(PosixSpawnSpawner spawner, Plan plan) throws Exception {
		DescriptorIo.Pipe pipe = this.io.pipe(true);
		try {
			SpawnPlan withOutput = plan.build().withDescriptors(List.of(new DescriptorMapping(pipe.childEnd(), 1)));
			return new Running(spawner.spawn(withOutput), pipe.parentEnd());
		}
		finally {
			this.io.close(pipe.childEnd());
		}
	}

	void assertFailure(Plan plan, ChildStep step, String errnoName, @Nullable String subject) {
		assertFailure(this.spawner, plan, step, errnoName, subject);
	}

	static void assertFailure(PosixSpawnSpawner spawner, Plan plan, ChildStep step, String errnoName,
			@Nullable String subject) {
		assertThatExceptionOfType(SpawnFailure.class).isThrownBy(() -> spawner.spawn(plan.build()))
			.satisfies((ex) -> assertThat(ex.step()).isEqualTo(step))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo(errnoName))
			.satisfies((ex) -> assertThat(subject == null || subject.equals(ex.subject())).as(ex.subject()).isTrue());
	}

	static void assertSystemCallFailure(String call, String errnoName, ThrowingCallable callable) {
		assertThatExceptionOfType(SystemCallFailure.class).isThrownBy(callable)
			.satisfies((ex) -> assertThat(ex.call()).isEqualTo(call))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo(errnoName));
	}

	record Outcome(SpawnedChild child, ExitRecord exit, List<String> lines) {

	}

	/**
	 * A child that is ended at the latest when it is closed.
	 */
	final class Running implements AutoCloseable {

		final SpawnedChild child;

		private final int output;

		private final ByteBuffer buffer = ByteBuffer.allocateDirect(65536);

		private @Nullable ExitRecord exit;

		private Running(SpawnedChild child, int output) {
			this.child = child;
			this.output = output;
		}

		private boolean hasEnded() throws SystemCallFailure {
			return AbstractPosixSpawnTests.this.io.read(this.output, this.buffer) == 0;
		}

		void awaitEndOfOutput() {
			await().pollInterval(Duration.ofMillis(2)).until(this::hasEnded);
		}

		void awaitLine(String line) {
			await().until(() -> {
				hasEnded();
				return output().lines().toList().contains(line);
			});
		}

		private String output() {
			return StandardCharsets.UTF_8.decode(this.buffer.duplicate().flip()).toString();
		}

		ExitRecord awaitExit() {
			await().pollInterval(Duration.ofMillis(2)).until(() -> {
				this.exit = AbstractPosixSpawnTests.this.spawner.poll(this.child.pidfd(), true);
				return this.exit != null;
			});
			return this.exit;
		}

		@Override
		public void close() throws SystemCallFailure {
			if (this.exit == null) {
				if (libc.getpgid(this.child.pid()) == this.child.pid()) {
					AbstractPosixSpawnTests.this.spawner.signalGroup(this.child.pid(), ProcessSignal.KILL.number());
				}
				AbstractPosixSpawnTests.this.spawner.signal(this.child.pidfd(), ProcessSignal.KILL.number());
				awaitExit();
			}
			AbstractPosixSpawnTests.this.io.close(this.child.pidfd());
			AbstractPosixSpawnTests.this.io.close(this.output);
		}

	}

	/**
	 * A plan that tests change: a fixture in a session of its own.
	 */
	static final class Plan {

		List<String> programs;

		List<String> arguments = new ArrayList<>();

		List<String> environment = List.of();

		@Nullable String workingDirectory;

		SessionMode session = SessionMode.NEW_SESSION;

		int processGroup;

		List<DescriptorMapping> descriptors = List.of();

		ChildAttributes attributes = ChildAttributes.none();

		@Nullable DescriptorClosing closing;

		@Nullable SpawnMechanism mechanism;

		private Plan(String fixture, String... arguments) {
			this.programs = List.of(Fixture.program(fixture));
			this.arguments.add(fixture);
			this.arguments.addAll(List.of(arguments));
		}

		void readLinks(int... descriptors) {
			this.programs = List.of("/usr/bin/readlink", "/bin/readlink");
			this.arguments = new ArrayList<>(List.of("readlink"));
			IntStream.of(descriptors)
				.mapToObj((descriptor) -> "/proc/self/fd/" + descriptor)
				.forEach(this.arguments::add);
		}

		SpawnPlan build() {
			return new SpawnPlan(this.programs, this.arguments, this.environment, this.workingDirectory, this.session,
					this.processGroup, this.descriptors, this.attributes, this.closing, this.mechanism);
		}

	}

}
