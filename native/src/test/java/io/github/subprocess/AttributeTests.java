// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.event.ProcessStarted;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SupplementaryGroups;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What a policy gives a child or takes from it, the program finds so, however it was
 * born, and the JVM is as before.
 */
class AttributeTests {

	private final List<SpawnWarning> warnings = new ArrayList<>();

	private final ProcessLauncher launcher = ProcessLauncher.builder().listener(new ProcessListener() {

		@Override
		public void onStarted(ProcessStarted event) {
			AttributeTests.this.warnings.addAll(event.process().warnings());
		}

	}).build();

	private String statusBefore;

	private String limitsBefore;

	@BeforeEach
	void lookAtTheJvm() throws IOException {
		this.statusBefore = statusOfTheJvm();
		this.limitsBefore = Files.readString(Path.of("/proc/self/limits"));
	}

	@AfterEach
	void jvmIsAsBefore() throws IOException {
		this.launcher.close();
		assertThat(statusOfTheJvm()).isEqualTo(this.statusBefore);
		assertThat(Files.readString(Path.of("/proc/self/limits"))).isEqualTo(this.limitsBefore);
	}

	/**
	 * Return what must not change, of the process and of all its threads.
	 */
	private static String statusOfTheJvm() throws IOException {
		StringBuilder text = new StringBuilder();
		text.append(
				lines("/proc/self/status", "Umask:", "Uid:", "Gid:", "Groups:", "NoNewPrivs:", "Cpus_allowed_list:"));
		text.append(Files.readString(Path.of("/proc/self/oom_score_adj")));
		text.append(Files.readString(Path.of("/proc/self/cgroup")));
		// belongs to root as soon as the memory must not be traced
		text.append(Files.getOwner(Path.of("/proc/self/environ")));
		try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
			for (Path thread : threads.toList()) {
				String own = linesUnlessEnded(thread, "Uid:", "Gid:", "Groups:");
				assertThat(own).isIn(null, lines("/proc/self/status", "Uid:", "Gid:", "Groups:"));
			}
		}
		return text.toString();
	}

	private static @Nullable String linesUnlessEnded(Path thread, String... names) {
		try {
			return lines(thread + "/status", names);
		}
		catch (IOException | UncheckedIOException ex) {
			// ended between the list and the look, and nothing else
			assertThat(ex.toString()).containsAnyOf("NoSuchFileException", "No such process");
			return null;
		}
	}

	private static String lines(String file, String... names) throws IOException {
		try (Stream<String> lines = Files.lines(Path.of(file))) {
			return lines.filter((line) -> Stream.of(names).anyMatch(line::startsWith)).toList().toString();
		}
	}

	private static ProcessPolicy policy(@Nullable SpawnMechanism mechanism) {
		return ProcessPolicy.undecided().withMechanism(mechanism);
	}

	private List<String> output(ProcessPolicy policy, String program, String... arguments) {
		ProcessResult result = this.launcher.command(program, arguments).overrides(policy).run();
		assertThat(result.mechanism()).isEqualTo(policy.mechanism());
		assertThat(this.warnings).isEmpty();
		return result.outputLines();
	}

	private String status(ProcessPolicy policy, String name) {
		return output(policy, "cat", "/proc/self/status").stream()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1).trim().replaceAll("\\s+", " "))
			.findFirst()
			.orElseThrow();
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void resourceLimits(SpawnMechanism mechanism) {
		LimitsPolicy limits = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, new Limit(100, 200))
			.withResource(Resource.CORE_SIZE, Limit.of(0))
			.withResource(Resource.CPU_TIME, new Limit(60, Limit.UNLIMITED));
		List<String> lines = output(policy(mechanism).withLimits(limits), "cat", "/proc/self/limits");
		assertThat(lines).anyMatch((line) -> line.matches("Max open files +100 +200 +files *"))
			.anyMatch((line) -> line.matches("Max core file size +0 +0 +bytes *"))
			.anyMatch((line) -> line.matches("Max cpu time +60 +unlimited +seconds *"));
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void limitThatIsTooLowForTheBirthItself(SpawnMechanism mechanism) {
		LimitsPolicy limits = LimitsPolicy.undecided().withResource(Resource.OPEN_FILES, Limit.of(4));
		assertThat(output(policy(mechanism).withLimits(limits), Fixture.program("exit_with"), "0")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void niceValueOfTheProcessAndOfItsSession(SpawnMechanism mechanism) {
		ProcessPolicy policy = policy(mechanism).withLimits(LimitsPolicy.undecided().withNice(7));
		assertThat(output(policy, "nice")).containsExactly("7");
		Assumptions.assumeTrue(Files.exists(Path.of("/proc/self/autogroup")));
		assertThat(output(policy, "cat", "/proc/self/autogroup")).singleElement().asString().endsWith("nice 7");
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void outOfMemoryScore(SpawnMechanism mechanism) {
		assertThat(output(policy(mechanism).withLimits(LimitsPolicy.undecided().withOomScore(765)), "cat",
				"/proc/self/oom_score_adj"))
			.containsExactly("765");
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void processors(SpawnMechanism mechanism) {
		assertThat(status(policy(mechanism).withLimits(LimitsPolicy.undecided().withAffinity(Set.of(0))),
				"Cpus_allowed_list"))
			.isEqualTo("0");
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void umask(SpawnMechanism mechanism) {
		assertThat(status(policy(mechanism).withUmask(0), "Umask")).isEqualTo("0000");
		assertThat(status(policy(mechanism).withUmask(0137), "Umask")).isEqualTo("0137");
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void noNewPrivileges(SpawnMechanism mechanism) {
		assertThat(status(policy(mechanism).withNoNewPrivileges(true), "NoNewPrivs")).isEqualTo("1");
		assertThat(status(policy(mechanism).withNoNewPrivileges(false), "NoNewPrivs")).isEqualTo("0");
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void otherUser(SpawnMechanism mechanism) {
		assumeRoot();
		ProcessPolicy nobody = policy(mechanism)
			.withCredentials(new CredentialsPolicy("nobody", null, SupplementaryGroups.none()));
		assertThat(status(nobody, "Uid")).isEqualTo("65534 65534 65534 65534");
		assertThat(status(nobody, "Gid")).isEqualTo("65534 65534 65534 65534");
		assertThat(status(nobody, "Groups")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void groupsByDecision(SpawnMechanism mechanism) {
		assumeRoot();
		ProcessPolicy some = policy(mechanism)
			.withCredentials(new CredentialsPolicy("12345", "54321", SupplementaryGroups.of("7", "daemon")));
		assertThat(status(some, "Uid")).startsWith("12345 ");
		assertThat(status(some, "Gid")).startsWith("54321 ");
		assertThat(status(some, "Groups")).isEqualTo("1 7");
		ProcessPolicy ofUser = policy(mechanism)
			.withCredentials(new CredentialsPolicy("nobody", null, SupplementaryGroups.ofUser()));
		assertThat(status(ofUser, "Groups")).isEqualTo("65534");
		ProcessPolicy none = policy(mechanism)
			.withCredentials(new CredentialsPolicy(null, null, SupplementaryGroups.none()));
		assertThat(status(none, "Groups")).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void otherUserMayNotEnterWhatIsClosedToIt(SpawnMechanism mechanism) {
		assumeRoot();
		ProcessPolicy nobody = policy(mechanism)
			.withCredentials(new CredentialsPolicy("nobody", null, SupplementaryGroups.none()));
		ProcessResult result = this.launcher.command("cat", "/proc/1/environ")
			.overrides(nobody.withSuccessExitCodes(Set.of()))
			.run();
		assertThat(result.status()).isEqualTo(new ExitStatus.Exited(1));
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void cgroup(SpawnMechanism mechanism) throws IOException {
		Path cgroup = Files
			.createDirectory(unifiedHierarchy().resolve("subprocess-test-" + ProcessHandle.current().pid()));
		try {
			assertThat(output(policy(mechanism).withCgroup(CgroupPolicy.joining(cgroup)), "cat", "/proc/self/cgroup"))
				.contains("0::/" + cgroup.getFileName());
		}
		finally {
			Files.delete(cgroup);
		}
	}

	private static Path unifiedHierarchy() throws IOException {
		try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
			Path root = mounts.map((line) -> line.split(" "))
				.filter((fields) -> fields[2].equals("cgroup2"))
				.map((fields) -> Path.of(fields[1]))
				.findFirst()
				.orElse(null);
			Assumptions.assumeTrue(root != null && Files.isWritable(root.resolve("cgroup.procs")),
					"needs a cgroup2 hierarchy that may be changed");
			return root;
		}
	}

	@ParameterizedTest
	@EnumSource(value = SpawnMechanism.class, names = "POSIX_SPAWN", mode = Mode.EXCLUDE)
	void refusedAttributeIsWarnedOf(SpawnMechanism mechanism) {
		LimitsPolicy impossible = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, Limit.of(Integer.MAX_VALUE))
			.withNice(3);
		ProcessPolicy required = policy(mechanism).withLimits(impossible);
		ProcessStartException ex = catchThrowableOfType(ProcessStartException.class,
				() -> this.launcher.command("true").overrides(required).run());
		assertThat(ex.step()).isEqualTo("limits");
		assertThat(ex.errnoName()).isEqualTo("EPERM");
		assertThat(ex.subject()).isEqualTo("OPEN_FILES 2147483647");
		this.launcher.command("true").overrides(required.withBestEffort(Set.of(Attribute.LIMITS))).run();
		assertThat(this.warnings).extracting("step", "errno", "errnoName", "subject")
			.containsExactly(tuple("limits", 1, "EPERM", "OPEN_FILES 2147483647"));
		assertThat(this.launcher.processes().recent())
			.anySatisfy((process) -> assertThat(process.warnings()).isEqualTo(this.warnings));
	}

	private static void assumeRoot() {
		Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "only root may become another user");
	}

}
