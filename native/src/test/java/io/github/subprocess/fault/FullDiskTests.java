// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessOutputException;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Output that a full disk does not take.
 */
@Tag("fault")
@Timeout(60)
class FullDiskTests {

	private static final String MUCH = "head -c 300000 /dev/zero";

	private final ProcessLauncher launcher = ProcessLauncher.create();

	@TempDir
	Path folder;

	private Set<String> before;

	@BeforeEach
	void look() {
		this.launcher.command("/bin/true").run();
		this.before = Fixture.openDescriptors();
	}

	@AfterEach
	void nothingIsLeft() {
		try (this.launcher) {
			assertThat(Fixture.openDescriptors()).isEqualTo(this.before);
			assertThat(Fixture.zombies()).isEmpty();
		}
	}

	@Test
	void programThatWritesToTheFileItselfTells() {
		ProcessExitException failure = catchThrowableOfType(ProcessExitException.class,
				() -> this.launcher.command("/bin/sh", "-c", MUCH)
					.output(OutputTarget.append(Path.of("/dev/full")))
					.error(OutputTarget.capture())
					.run());
		assertThat(failure.result().errorText()).contains("No space left on device");
	}

	@Test
	void fileOfATeeIsToldWithItsName() {
		ProcessOutputException failure = catchThrowableOfType(ProcessOutputException.class,
				() -> this.launcher.command("/bin/sh", "-c", MUCH)
					.output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.append(Path.of("/dev/full"))))
					.run());
		assertThat(failure).hasMessageContaining("/dev/full").hasMessageContaining("ENOSPC");
	}

	@Test
	void smallDiskKeepsWhatItTookAndTells() throws Exception {
		SmallDisk disk = SmallDisk.mount(this.launcher, this.folder);
		try {
			this.before = Fixture.openDescriptors();
			Path tee = disk.path().resolve("tee");
			ProcessOutputException failure = catchThrowableOfType(ProcessOutputException.class,
					() -> this.launcher.command("/bin/sh", "-c", MUCH)
						.output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.file(tee)))
						.run());
			assertThat(failure).hasMessageContaining(tee.toString()).hasMessageContaining("ENOSPC");
			assertThat(Files.size(tee)).isEqualTo(SmallDisk.BYTES);
			ProcessResult after = this.launcher.command("/bin/echo", "text").run();
			assertThat(after.outputText()).isEqualTo("text\n");
			// one file is all that it holds
			ProcessStartException noRoom = catchThrowableOfType(ProcessStartException.class,
					() -> this.launcher.command("/bin/true")
						.output(OutputTarget.file(disk.path().resolve("another")))
						.run());
			assertThat(noRoom.step()).isEqualTo("open");
			assertThat(noRoom.errnoName()).isEqualTo("ENOSPC");
			assertThat(noRoom.subject()).isEqualTo(disk.path().resolve("another").toString());
		}
		finally {
			disk.unmount(this.launcher);
		}
	}

	/**
	 * A file system that holds one file of 64 KiB.
	 */
	private record SmallDisk(Path path) {

		private static final long BYTES = 64 * 1024;

		static SmallDisk mount(ProcessLauncher launcher, Path path) {
			ProcessResult result = launcher
				.command("mount", "-t", "tmpfs", "-o", "size=64k,nr_inodes=2", "none", path.toString())
				.successExitCodes(Set.of(0, 1, 32))
				.run();
			Assumptions.assumeTrue(result.status().equals(new ExitStatus.Exited(0)),
					"Needs the right to mount: " + result.errorText());
			return new SmallDisk(path);
		}

		void unmount(ProcessLauncher launcher) {
			launcher.command("umount", this.path.toString()).run();
		}

	}

}
