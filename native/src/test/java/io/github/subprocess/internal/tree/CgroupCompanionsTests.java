// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.internal.jnr.JnrOperatingSystem;
import io.github.subprocess.spi.OperatingSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members of a cgroup where the kernel does not kill them at once: a directory that looks
 * like one, with real processes.
 */
@Timeout(60)
class CgroupCompanionsTests {

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	@TempDir
	private Path directory = Path.of("");

	private final Process above;

	private final Process beneath;

	CgroupCompanionsTests() throws Exception {
		this.above = new ProcessBuilder("sleep", "100").start();
		this.beneath = new ProcessBuilder("sleep", "100").start();
	}

	@BeforeEach
	void showMembers() throws Exception {
		Path nested = Files.createDirectory(this.directory.resolve("nested"));
		Files.writeString(this.directory.resolve("cgroup.procs"),
				"0\n" + this.above.pid() + "\n" + ProcessHandle.current().pid() + "\n");
		Files.writeString(nested.resolve("cgroup.procs"), this.beneath.pid() + "\n");
	}

	@AfterEach
	void endMembers() {
		this.above.destroyForcibly();
		this.beneath.destroyForcibly();
	}

	private CgroupCompanions companions() {
		return new CgroupCompanions(this.system, new Cgroup(this.directory), 1_000_000, new Nobody());
	}

	@Test
	void membersAreAskedOneByOneAndTheJvmIsNot() throws Exception {
		CgroupCompanions companions = companions();
		companions.ask(ProcessSignal.TERM);
		assertThat(this.above.waitFor()).isEqualTo(128 + 15);
		assertThat(this.beneath.waitFor()).isEqualTo(128 + 15);
		empty();
		assertThat(companions.look()).isFalse();
		assertThat(companions.report()).isEqualTo(new TreeEnd(2, List.of()));
	}

	@Test
	void membersAreKilledOneByOneWithoutAFileForThat() throws Exception {
		Files.writeString(this.directory.resolve("cgroup.procs"), this.above.pid() + "\n");
		CgroupCompanions companions = companions();
		companions.kill();
		assertThat(this.above.waitFor()).isEqualTo(128 + 9);
		assertThat(this.beneath.waitFor()).isEqualTo(128 + 9);
		assertThat(this.directory.resolve("cgroup.kill")).doesNotExist();
	}

	@Test
	void jvmThatIsAMemberIsNotKilledWithTheOthers() throws Exception {
		Path file = Files.createFile(this.directory.resolve("cgroup.kill"));
		companions().kill();
		assertThat(this.above.waitFor()).isEqualTo(128 + 9);
		assertThat(file).isEmptyFile();
	}

	@Test
	void membersAreKilledAtOnceWithTheFileForThat() throws Exception {
		Files.writeString(this.directory.resolve("cgroup.procs"), this.above.pid() + "\n");
		Path file = Files.createFile(this.directory.resolve("cgroup.kill"));
		companions().kill();
		assertThat(file).hasContent("1");
		assertThat(this.above.isAlive()).isTrue();
	}

	@Test
	void cgroupThatWasRemovedIsEmpty() {
		CgroupCompanions companions = new CgroupCompanions(this.system, new Cgroup(this.directory.resolve("gone")),
				1_000_000, new Nobody());
		companions.kill();
		assertThat(companions.look()).isFalse();
		assertThat(companions.report()).isEqualTo(TreeEnd.ALONE);
	}

	private void empty() throws Exception {
		Files.writeString(this.directory.resolve("cgroup.procs"), "");
		Files.writeString(this.directory.resolve("nested/cgroup.procs"), "");
	}

	/**
	 * A group without members.
	 */
	private static final class Nobody implements Companions {

		@Override
		public void ask(ProcessSignal signal) {
		}

		@Override
		public void kill() {
		}

		@Override
		public boolean look() {
			return false;
		}

		@Override
		public boolean mayLeaveTheGroup() {
			return false;
		}

		@Override
		public TreeEnd report() {
			return TreeEnd.ALONE;
		}

	}

}
