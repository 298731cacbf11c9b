// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.internal.jnr.JnrOperatingSystem;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a first launch needs is loaded before it, and nothing else happens.
 */
class RehearsalTests {

	private final Engine engine = Engine.over(JnrOperatingSystem.load(null), null, false);

	@AfterEach
	void close() {
		this.engine.close(() -> false);
	}

	@Test
	void launchIsRehearsedToItsEnd() {
		assertThatCode(() -> Rehearsal.rehearse(this.engine, ProcessPolicy.undecided())).doesNotThrowAnyException();
	}

	@Test
	void nothingIsOpenedOrBorn() throws Exception {
		Rehearsal.rehearse(this.engine, ProcessPolicy.undecided());
		Set<String> before = descriptors();
		Set<Long> children = children();
		Rehearsal.rehearse(this.engine, ProcessPolicy.undecided());
		assertThat(descriptors()).isEqualTo(before);
		assertThat(children()).isEqualTo(children);
	}

	@Test
	void defaultsThatRefuseItDoNoHarm() {
		ProcessPolicy defaults = ProcessPolicy.undecided()
			.withGuard(GuardPolicy.undecided().withAllowedPrograms(List.of(Path.of("/bin/true"))));
		assertThatExceptionOfType(LaunchRefusedException.class)
			.isThrownBy(() -> Rehearsal.rehearse(this.engine, defaults));
		assertThatCode(() -> Rehearsal.perform(this.engine, defaults)).doesNotThrowAnyException();
	}

	/**
	 * Return what is open, but for the descriptor that looks.
	 */
	private static Set<String> descriptors() throws IOException {
		Set<String> open = new TreeSet<>();
		try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
			for (Path entry : entries.toList()) {
				if (Files.exists(entry, LinkOption.NOFOLLOW_LINKS)) {
					open.add(entry.getFileName().toString());
				}
			}
		}
		return open;
	}

	private static Set<Long> children() {
		Set<Long> children = new TreeSet<>();
		ProcessHandle.current().children().forEach((child) -> children.add(child.pid()));
		return children;
	}

}
