// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import jnr.ffi.LibraryLoader;

import static org.awaitility.Awaitility.await;

/**
 * Descriptors of this JVM for tests below the launcher, and children whose output is
 * read.
 */
final class TestDescriptors {

	static final LibcFunctions LIBC = LibraryLoader.create(LibcFunctions.class).load("c");

	static final TestLibc TEST_LIBC = LibraryLoader.create(TestLibc.class).load("c");

	private static final int F_DUPFD = 0;

	private TestDescriptors() {
	}

	/**
	 * Open an inheritable descriptor.
	 * @param lowest the lowest number it may have
	 * @return its number, negative when there is none left
	 */
	static int openInheritable(int lowest) {
		return open(Path.of("/dev/null"), lowest);
	}

	static int open(Path file, int lowest) {
		int descriptor = LIBC.open(NativeText.terminated(file.toString()), 0, 0);
		int result = LIBC.fcntl(descriptor, F_DUPFD, lowest);
		LIBC.close(descriptor);
		return result;
	}

	/**
	 * Run a program and return what it printed.
	 */
	static Output run(OperatingSystem system, SpawnPlan plan) throws Exception {
		DescriptorIo io = system.descriptors();
		DescriptorIo.Pipe pipe = io.pipe(true);
		SpawnedChild child;
		try {
			List<DescriptorMapping> more = new ArrayList<>();
			more.add(new DescriptorMapping(pipe.childEnd(), 1));
			child = system.spawner().spawn(plan.withDescriptors(more));
		}
		catch (Exception ex) {
			io.close(pipe.childEnd());
			io.close(pipe.parentEnd());
			throw ex;
		}
		io.close(pipe.childEnd());
		ByteBuffer buffer = ByteBuffer.allocateDirect(1024 * 1024);
		await().pollInterval(Duration.ofMillis(2)).until(() -> io.read(pipe.parentEnd(), buffer) == 0);
		io.close(pipe.parentEnd());
		ExitRecord exit = end(system, child);
		return new Output(child, exit, StandardCharsets.UTF_8.decode(buffer.flip()).toString().lines().toList());
	}

	static ExitRecord end(OperatingSystem system, SpawnedChild child) {
		ExitRecord exit = await().pollInterval(Duration.ofMillis(2))
			.until(() -> system.spawner().poll(child.pidfd(), true), (record) -> record != null);
		system.descriptors().close(child.pidfd());
		return exit;
	}

	/**
	 * A child that has ended.
	 *
	 * @param child the child
	 * @param exit how it ended
	 * @param lines what it printed
	 */
	record Output(SpawnedChild child, ExitRecord exit, List<String> lines) {

	}

}
