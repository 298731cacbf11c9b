// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SandboxPolicy;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SandboxPath;
import io.github.subprocess.spi.SpawnPlan;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A command and a policy in, a plan out; no process needed.
 */
class PlanCompilerTests {

	private final PlanCompiler compiler = new PlanCompiler(
			Map.of("PATH", "/opt/bin:/usr/bin", "LC_ALL", "C", "LC_TIME", "C", "SECRET_KEY", "s3cret", "HOME", "/h"),
			new FakeUserDatabase());

	@Test
	void environmentHoldsOnlyWhatIsNamed() {
		SpawnPlan plan = compile("ls", ProcessPolicy.defaults());
		assertThat(plan.environment()).containsExactly("HOME=/h", "LC_ALL=C", "LC_TIME=C", "PATH=/opt/bin:/usr/bin");
		assertThat(plan.toString()).doesNotContain("/opt/bin:/usr/bin");
	}

	@Test
	void setWinsOverInherited() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withEnvironment(new EnvironmentPolicy(List.of("HOME", "S*Y"), Map.of("HOME", "/other")));
		assertThat(compile("/bin/ls", policy).environment()).containsExactly("HOME=/other", "SECRET_KEY=s3cret");
	}

	@Test
	void patternCharactersOtherThanStarAreLiteral() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withEnvironment(new EnvironmentPolicy(List.of("LC.ALL", "[A-Z]*"), Map.of()));
		assertThat(compile("/bin/ls", policy).environment()).isEmpty();
	}

	@Test
	void programIsLookedForInThePathOfTheChild() {
		assertThat(compile("ls", ProcessPolicy.defaults()).programs()).containsExactly("/opt/bin/ls", "/usr/bin/ls");
		ProcessPolicy own = ProcessPolicy.undecided()
			.withEnvironment(new EnvironmentPolicy(List.of(), Map.of("PATH", ":./bin:/a/:.:/a")));
		assertThat(compile("ls", own).programs()).containsExactly("/a/ls");
		ProcessPolicy none = ProcessPolicy.undecided().withEnvironment(new EnvironmentPolicy(List.of(), Map.of()));
		assertThat(compile("ls", none).programs()).containsExactly("/usr/local/bin/ls", "/usr/bin/ls", "/bin/ls");
		assertThat(compile("./ls", own).programs()).containsExactly("./ls");
	}

	@Test
	void pathWithoutAbsoluteDirectoryIsRefused() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withEnvironment(new EnvironmentPolicy(List.of(), Map.of("PATH", ".:")));
		assertThatIllegalArgumentException().isThrownBy(() -> compile("ls", policy)).withMessageContaining("'ls'");
	}

	@Test
	void descriptorsFollowThePolicy() {
		ProcessPolicy keep = ProcessPolicy.undecided()
			.withDescriptors(new DescriptorPolicy(DescriptorPolicy.Mode.CLOSE_ALL, List.of(7)));
		assertThat(compile("ls", keep).descriptors()).containsExactly(new DescriptorMapping(7, 7));
		assertThat(compile("ls", keep).closing()).isNull();
		ProcessPolicy all = ProcessPolicy.undecided()
			.withDescriptors(new DescriptorPolicy(DescriptorPolicy.Mode.INHERIT_ALL, null));
		assertThat(compile("ls", all).closing()).isEqualTo(DescriptorClosing.NONE);
	}

	@Test
	void workingDirectoryMustHaveAForm() {
		assertThat(compile("ls", ProcessPolicy.undecided().withWorkingDirectory(Path.of("/a"))).workingDirectory())
			.isEqualTo("/a");
		assertThat(compile("ls", ProcessPolicy.defaults()).workingDirectory()).isNull();
	}

	@Test
	void policyThatDecidesNothingLeavesTheChildAsTheJvmIs() {
		for (ProcessPolicy policy : List.of(ProcessPolicy.undecided(), ProcessPolicy.defaults())) {
			SpawnPlan plan = compile("ls", policy);
			assertThat(plan.attributes()).isEqualTo(ChildAttributes.none());
			assertThat(plan.mechanism()).isNull();
			assertThat(plan.processGroup()).isZero();
		}
	}

	@Test
	void sandboxThatTakesNothingIsNone() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withSandbox(SandboxPolicy.undecided().withSystemPaths(true).withNetwork(NetworkAccess.INHERIT));
		assertThat(compile("ls", policy).attributes()).isEqualTo(ChildAttributes.none());
	}

	@Test
	void sandboxLeavesTheListsTheSystemAndTheProgram() {
		SandboxPolicy sandbox = SandboxPolicy.undecided()
			.withReadPaths(List.of(Path.of("/in")))
			.withWritePaths(List.of(Path.of("/out")))
			.withExecutePaths(List.of(Path.of("/tools")));
		ChildAttributes attributes = compile("ls", ProcessPolicy.defaults().withSandbox(sandbox)).attributes();
		assertThat(attributes.noNewPrivileges()).isTrue();
		assertThat(attributes.sandbox().files()).startsWith(new SandboxPath("/in", true, false, false, false),
				new SandboxPath("/out", false, true, false, false), new SandboxPath("/tools", true, false, true, false))
			.contains(new SandboxPath("/usr", true, false, true, true),
					new SandboxPath("/dev/null", true, true, false, true))
			.endsWith(new SandboxPath("/opt/bin/ls", true, false, true, true),
					new SandboxPath("/usr/bin/ls", true, false, true, true));
		assertThat(compile("./ls",
				ProcessPolicy.undecided()
					.withWorkingDirectory(Path.of("/srv"))
					.withSandbox(sandbox.withSystemPaths(false)))
			.attributes()
			.sandbox()
			.files()).hasSize(4).endsWith(new SandboxPath("/srv/./ls", true, false, true, true));
	}

	@Test
	void partsOfASandboxThatAreUndecidedTakeNothing() {
		ChildSandbox sandbox = compile("ls",
				ProcessPolicy.undecided().withSandbox(SandboxPolicy.undecided().withConnectPorts(Set.of(443, 80))))
			.attributes()
			.sandbox();
		assertThat(sandbox.parts()).containsExactly(Attribute.SANDBOX_PORTS);
		assertThat(sandbox.files()).isNull();
		assertThat(sandbox.bindPorts()).isNull();
		assertThat(sandbox.connectPorts()).containsExactly(80, 443);
		assertThat(sandbox.without(Set.of(Attribute.SANDBOX_PORTS)).parts()).isEmpty();
	}

	@Test
	void sandboxOfMoreRulesThanTheCoreTakesIsRefused() {
		Set<Integer> ports = IntStream.range(1, 1026).boxed().collect(Collectors.toSet());
		assertThatIllegalArgumentException()
			.isThrownBy(() -> compile("ls",
					ProcessPolicy.undecided().withSandbox(SandboxPolicy.undecided().withConnectPorts(ports))))
			.withMessageContaining("1024");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> compile("ls",
					ProcessPolicy.undecided().withNoNewPrivileges(false).withSandbox(SandboxPolicy.strict())))
			.withMessageContaining("no-new-privileges");
	}

	@Test
	void attributesFollowThePolicy() {
		ProcessPolicy policy = ProcessPolicy.undecided()
			.withMechanism(SpawnMechanism.FORK)
			.withCgroup(CgroupPolicy.joining(Path.of("/sys/fs/cgroup/jobs")))
			.withLimits(LimitsPolicy.undecided()
				.withResource(Resource.OPEN_FILES, new Limit(64, 128))
				.withNice(10)
				.withOomScore(500)
				.withAffinity(Set.of(0, 2)))
			.withUmask(0027)
			.withDeathSignal(ProcessSignal.KILL)
			.withNoNewPrivileges(true)
			.withBestEffort(Set.of(Attribute.NICE, Attribute.CGROUP));
		SpawnPlan plan = compile("ls", policy);
		assertThat(plan.mechanism()).isEqualTo(SpawnMechanism.FORK);
		assertThat(plan.attributes()).isEqualTo(ChildAttributes.builder()
			.cgroup("/sys/fs/cgroup/jobs")
			.limits(Map.of(Resource.OPEN_FILES, new Limit(64, 128)))
			.nice(10)
			.oomScore(500)
			.affinity(Set.of(0, 2))
			.umask(0027)
			.deathSignal(ProcessSignal.KILL)
			.noNewPrivileges(true)
			.bestEffort(Set.of(Attribute.NICE, Attribute.CGROUP))
			.build());
		assertThat(compile("ls", policy.withNoNewPrivileges(false)).attributes().noNewPrivileges()).isFalse();
	}

	private SpawnPlan compile(String program, ProcessPolicy policy) {
		return this.compiler.compile(new CommandLine(program, List.of()), "none", policy);
	}

}
