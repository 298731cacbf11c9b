// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.spi.ChildStep;
import jnr.constants.platform.Signal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The right library is loaded, and both sides mean the same.
 */
class NativeCoreTests {

	@Test
	void nameOfTheBuildIsAPureFunction() {
		assertThat(NativeLibraryName.resource("Linux", "amd64"))
			.isEqualTo("META-INF/native/linux-x86_64/libsubprocess.so");
		assertThat(NativeLibraryName.resource("Linux", "aarch64"))
			.isEqualTo("META-INF/native/linux-aarch64/libsubprocess.so");
		assertThat(NativeLibraryName.resource("Linux", "riscv64")).isNull();
		assertThat(NativeLibraryName.resource("Mac OS X", "aarch64")).isNull();
		assertThat(NativeLibraryName.resource("Windows 11", "amd64")).isNull();
	}

	@Test
	void stepsHaveTheSameNumbersAndNamesOnBothSides() {
		CoreFunctions core = NativeCore.load(null).functions();
		Set<Integer> numbers = new HashSet<>();
		for (ChildStep step : ChildStep.values()) {
			assertThat(core.subprocess_step_name(step.number())).isEqualTo(step.text());
			assertThat(ChildStep.of(step.number())).isEqualTo(step);
			numbers.add(step.number());
		}
		for (int number = 1; number < 256; number++) {
			if (!numbers.contains(number)) {
				assertThat(core.subprocess_step_name(number)).as("step %d", number).isEqualTo("unknown");
			}
		}
	}

	@Test
	void explicitLibraryThatIsAnother() throws IOException {
		Path other;
		try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"))) {
			other = maps.filter((line) -> line.endsWith("/libjava.so"))
				.map((line) -> Path.of(line.substring(line.indexOf('/'))))
				.findFirst()
				.orElseThrow();
		}
		assertUnavailable(other).withMessageContaining("not the native core");
	}

	@Test
	void signalsHaveTheNumbersOfThePlatform() {
		for (ProcessSignal signal : ProcessSignal.values()) {
			assertThat(signal.number()).as(signal.name()).isEqualTo(Signal.valueOf("SIG" + signal.name()).intValue());
		}
		assertThat(ProcessSignal.nameOf(15)).isEqualTo("SIGTERM");
		assertThat(ProcessSignal.nameOf(34)).isEqualTo("SIGRTMIN");
		assertThat(ProcessSignal.nameOf(0)).isEqualTo("signal 0");
	}

	@Test
	void explicitLibraryThatIsMissingIsNotReplaced() {
		assertUnavailable(Path.of("/no/such/libsubprocess.so")).withMessageContaining("/no/such/libsubprocess.so");
	}

	@Test
	void explicitLibraryThatIsNone(@TempDir Path directory) throws IOException {
		Path garbage = Files.writeString(directory.resolve("libsubprocess.so"), "not a library");
		assertUnavailable(garbage).withMessageContaining(garbage.toString());
	}

	@Test
	void explicitLibraryOfAnotherVersionIsRefusedAndBothVersionsAreNamed(@TempDir Path directory) throws IOException {
		Path source = Files.writeString(directory.resolve("other.c"), "unsigned subprocess_abi(void) { return 7; }\n");
		Path library = directory.resolve("libsubprocess.so");
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			launcher.command("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString()).run();
		}
		assertUnavailable(library).withMessageContaining("version 7")
			.withMessageContaining("version " + NativeCore.ABI);
	}

	@Test
	void availabilityIsToldInThreeWays() {
		assertThat(ProcessLauncher.isAvailable()).isTrue();
		assertThat(ProcessLauncher.unavailabilityCause()).isNull();
		ProcessLauncher.ensureAvailable();
	}

	@Test
	void probeFindsWhatThisKernelCanDo() {
		assertThat(NativeCore.load(null).capabilities() & CoreNumbers.CAN_SHARE_MEMORY)
			.isEqualTo(CoreNumbers.CAN_SHARE_MEMORY);
	}

	private static org.assertj.core.api.ThrowableAssertAlternative<NativeCoreUnavailableException> assertUnavailable(
			Path path) {
		return assertThatExceptionOfType(NativeCoreUnavailableException.class)
			.isThrownBy(() -> ProcessLauncher.builder().nativeLibrary(path).build().awaitReady())
			.satisfies((ex) -> assertThat(ex.remedy()).isNotBlank());
	}

}
