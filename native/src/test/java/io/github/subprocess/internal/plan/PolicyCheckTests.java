// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.GuardPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.policy.StreamDestination;
import io.github.subprocess.policy.StreamPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is found of a policy before anything is started under it.
 */
class PolicyCheckTests {

	private static final JvmRights ROOT = new JvmRights(-1, Set.of(0L), Set.of(0L), 0, 0, Map.of());

	private static final JvmRights NOBODY = new JvmRights(0, Set.of(1001L), Set.of(2001L), 5, 100,
			Map.of(Resource.OPEN_FILES, new Limit(1024, 4096), Resource.NICE_CEILING, Limit.of(16)));

	@TempDir
	Path directory;

	@Test
	void nothingStandsAgainstTheDefaults() {
		assertThat(check(ROOT, ProcessPolicy.defaults())).isEmpty();
	}

	@Test
	void posixSpawnHasNothingButTheUsual() {
		ProcessPolicy plain = ProcessPolicy.defaults().withMechanism(SpawnMechanism.POSIX_SPAWN);
		assertThat(check(ROOT, plain)).isEmpty();
		ProcessPolicy more = plain.withUmask(022)
			.withNoNewPrivileges(true)
			.withDeathSignal(ProcessSignal.KILL)
			.withLimits(LimitsPolicy.undecided().withNice(5).withResource(Resource.OPEN_FILES, Limit.of(64)))
			.withGuard(GuardPolicy.undecided().withPinsProgram(true));
		String reason = " cannot be had with mechanism posix-spawn";
		assertThat(check(ROOT, more)).containsExactlyInAnyOrder("umask" + reason, "no-new-privileges" + reason,
				"death-signal" + reason, "limits" + reason, "limits.nice" + reason, "guard.pin-program" + reason);
		assertThat(check(ROOT, more.withMechanism(SpawnMechanism.VFORK))).isEmpty();
		assertThat(check(ROOT, plain.withUmask(022).withBestEffort(Set.of(Attribute.UMASK)))).isEmpty();
	}

	@Test
	void workingDirectoryThatIsNoneOrAFile() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThat(check(ROOT, ProcessPolicy.undecided().withWorkingDirectory(this.directory))).isEmpty();
		assertThat(check(ROOT, ProcessPolicy.undecided().withWorkingDirectory(this.directory.resolve("none"))))
			.containsExactly("working-directory does not exist: " + this.directory + "/none");
		assertThat(check(ROOT, ProcessPolicy.undecided().withWorkingDirectory(file)))
			.containsExactly("working-directory is no directory: " + file);
	}

	@Test
	void programIsLookedForWhereTheChildLooksForIt() throws Exception {
		Path program = Files.createFile(this.directory.resolve("tool"));
		ProcessPolicy inPath = ProcessPolicy.undecided()
			.withCommand(List.of("tool"))
			.withEnvironment(new EnvironmentPolicy(null, Map.of("PATH", this.directory.toString())));
		ProcessPolicy relative = ProcessPolicy.undecided()
			.withCommand(List.of("./tool"))
			.withWorkingDirectory(this.directory);
		assertThat(check(ROOT, inPath))
			.containsExactly("command names a program that is in no directory of the PATH that the child gets: tool");
		assertThat(check(ROOT, relative))
			.containsExactly("command names a program that cannot be executed: " + this.directory + "/./tool");
		assertThat(program.toFile().setExecutable(true)).isTrue();
		assertThat(check(ROOT, inPath)).isEmpty();
		assertThat(check(ROOT, relative)).isEmpty();
		assertThat(check(ROOT, inPath.withEnvironment(new EnvironmentPolicy(null, Map.of("PATH", "bin")))))
			.containsExactly("command cannot be launched: program 'tool' cannot be looked for: "
					+ "PATH of the child names no absolute directory");
		assertThat(check(ROOT, ProcessPolicy.undecided().withCommand(List.of("/no/such/tool", "s3cr3t"))))
			.containsExactly("command names a program that does not exist: /no/such/tool");
	}

	@Test
	void programThatAnotherUserMayExecute() throws Exception {
		Path program = Files.createFile(this.directory.resolve("tool"));
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withCredentials(new CredentialsPolicy("media", null, SupplementaryGroups.none()));
		assertThat(check(ROOT, policy.withCommand(List.of(program.toString())))).isEmpty();
		assertThat(check(ROOT, policy.withCommand(List.of(program + "s")))).singleElement()
			.asString()
			.startsWith("command names a program that does not exist");
	}

	@Test
	void allUsersAndGroupsThatDoNotExistAreFound() {
		CredentialsPolicy credentials = new CredentialsPolicy("ghost", "ghosts", SupplementaryGroups.of("spirits"));
		assertThat(check(ROOT, ProcessPolicy.undecided().withCredentials(credentials))).containsExactly(
				"credentials.user 'ghost' does not exist", "credentials.group 'ghosts' does not exist",
				"credentials.groups 'spirits' does not exist");
	}

	@Test
	void otherUserNeedsPrivilege() {
		ProcessPolicy root = ProcessPolicy.undecided()
			.withCredentials(new CredentialsPolicy("root", null, SupplementaryGroups.inherited()));
		ProcessPolicy itself = ProcessPolicy.undecided()
			.withCredentials(new CredentialsPolicy("media", null, SupplementaryGroups.inherited()));
		assertThat(check(ROOT, root)).isEmpty();
		assertThat(check(NOBODY, itself)).isEmpty();
		assertThat(check(NOBODY, root)).containsExactly(
				"credentials.user is not the user of the JVM, and changing it needs CAP_SETUID",
				"credentials.group is not the group of the JVM, and changing it needs CAP_SETGID");
		assertThat(check(NOBODY, root.withBestEffort(Set.of(Attribute.USER, Attribute.GROUP)))).isEmpty();
	}

	@Test
	void moreThanTheJvmHasNeedsPrivilege() {
		LimitsPolicy more = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, Limit.of(4097))
			.withOomScore(99)
			.withNice(3);
		assertThat(check(ROOT, ProcessPolicy.undecided().withLimits(more))).isEmpty();
		assertThat(check(NOBODY, ProcessPolicy.undecided().withLimits(more))).containsExactly(
				"limits.open-files is above the hard limit of the JVM, which is 4096, "
						+ "and raising it needs CAP_SYS_RESOURCE",
				"limits.oom-score is below that of the JVM, which is 100, and lowering it needs CAP_SYS_RESOURCE",
				"limits.nice is below that of the JVM, which is 5, and lowering it needs CAP_SYS_NICE");
		LimitsPolicy allowed = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, Limit.of(4096))
			.withOomScore(100)
			.withNice(4);
		assertThat(check(NOBODY, ProcessPolicy.undecided().withLimits(allowed))).isEmpty();
		assertThat(check(NOBODY,
				ProcessPolicy.undecided()
					.withLimits(more)
					.withBestEffort(Set.of(Attribute.LIMITS, Attribute.OOM_SCORE, Attribute.NICE))))
			.isEmpty();
	}

	@Test
	void processorThatIsNotThere() {
		LimitsPolicy limits = LimitsPolicy.undecided().withAffinity(Set.of(0, LimitsPolicy.LARGEST_PROCESSOR));
		assertThat(check(ROOT, ProcessPolicy.undecided().withLimits(limits))).singleElement()
			.asString()
			.startsWith("limits.affinity names processors that are not there: [8191] of [0");
	}

	@Test
	void cgroupThatIsNoneOrAFolder() {
		assertThat(check(ROOT, ProcessPolicy.undecided().withCgroup(CgroupPolicy.joining(this.directory))))
			.containsExactly("cgroup.join is no cgroup, it has no cgroup.procs: " + this.directory);
		ProcessPolicy missing = ProcessPolicy.undecided()
			.withCgroup(CgroupPolicy.joining(this.directory.resolve("none")));
		assertThat(check(ROOT, missing)).containsExactly("cgroup.join does not exist: " + this.directory + "/none");
		assertThat(check(ROOT, missing.withBestEffort(Set.of(Attribute.CGROUP)))).isEmpty();
	}

	@Test
	void endOfACgroupWithoutOne() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.CGROUP));
		assertThat(check(ROOT, policy)).singleElement()
			.asString()
			.startsWith("termination.scope must not be CGROUP without a cgroup");
	}

	@Test
	void sandboxThatTheKernelLacks() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withSandbox(SandboxPolicy.undecided()
				.withReadPaths(List.of(this.directory, Path.of("/no/such/path")))
				.withConnectPorts(Set.of()));
		assertThat(check(ROOT, policy)).containsExactly(
				"sandbox.read-paths cannot be had here: sandbox files need Landlock 3 (Linux 6.2), there is 1",
				"sandbox.connect-ports cannot be had here: sandbox ports need Landlock 4 (Linux 6.7), there is 1",
				"sandbox.read-paths names what does not exist: /no/such/path");
		assertThat(check(ROOT, policy.withBestEffort(Set.of(Attribute.SANDBOX_FILES, Attribute.SANDBOX_PORTS))))
			.isEmpty();
		assertThat(check(ROOT, policy.withNoNewPrivileges(false))).first()
			.asString()
			.startsWith("no-new-privileges must not be false with a sandbox");
	}

	@Test
	void fileForOutputThatCannotBeMade() throws Exception {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThat(check(ROOT, errorTo(file))).isEmpty();
		assertThat(check(ROOT, errorTo(this.directory.resolve("new")))).isEmpty();
		assertThat(check(ROOT, errorTo(this.directory.resolve("none/new")))).containsExactly(
				"output.stderr.file is in a directory that does not exist: " + this.directory + "/none/new");
		assertThat(check(ROOT, errorTo(file.resolve("new"))))
			.containsExactly("output.stderr.file is in a directory that does not exist: " + file + "/new");
		assertThat(check(ROOT, errorTo(this.directory)))
			.containsExactly("output.stderr.file is a directory: " + this.directory);
	}

	@Test
	void fileForOutputThatIsNotNamed() {
		StreamPolicy nameless = StreamPolicy.undecided().withTo(StreamDestination.FILE);
		assertThat(check(ROOT, ProcessPolicy.undecided().withOutput(OutputPolicy.undecided().withStdout(nameless))))
			.containsExactly("output.stdout goes to a file that is not named: set 'output.stdout.file' too");
	}

	private static ProcessPolicy errorTo(Path file) {
		return ProcessPolicy.undecided()
			.withOutput(OutputPolicy.undecided().withStderr(StreamPolicy.undecided().withFile(file)));
	}

	@Test
	void rightsOfThisJvmAreRead() {
		JvmRights jvm = JvmRights.read();
		assertThat(jvm.users()).isNotEmpty();
		assertThat(jvm.groups()).isNotEmpty();
		assertThat(jvm.nice()).isBetween(-20, 19);
		assertThat(jvm.oomScore()).isBetween(-1000, 1000);
		assertThat(jvm.limits()).containsOnlyKeys(Resource.values());
		assertThat(Processors.present()).contains(0);
		assertThat(Processors.parse("0-2,5")).containsExactly(0, 1, 2, 5);
	}

	private static List<String> check(JvmRights jvm, ProcessPolicy policy) {
		return new PolicyCheck(Map.of(), new FakeUserDatabase(), new SandboxSupport(1, true), jvm).check("p", policy)
			.stream()
			.map((PolicyProblem problem) -> problem.part() + " " + problem.reason())
			.toList();
	}

}
