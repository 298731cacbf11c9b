// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CgroupPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What stands against a cgroup is told before anything is made, by its key: on a
 * directory that looks like one.
 */
class CgroupCheckTests {

	@TempDir
	private Path parent;

	@BeforeEach
	void looksLikeACgroup() throws IOException {
		write("cgroup.procs", "");
		write("cgroup.type", "domain\n");
		write("cgroup.controllers", "cpu memory pids\n");
		write("cgroup.subtree_control", "cpu\n");
	}

	private void write(String file, String text) throws IOException {
		Files.writeString(this.parent.resolve(file), text);
	}

	private static List<String> check(CgroupPolicy policy, @Nullable Path own, Set<Attribute> bestEffort) {
		PolicyProblems problems = new PolicyProblems("p", ProcessPolicy.undecided().withBestEffort(bestEffort));
		new CgroupCheck(problems, own).check(policy);
		return problems.found().stream().map((problem) -> problem.part() + " " + problem.reason()).toList();
	}

	private static List<String> check(CgroupPolicy policy) {
		return check(policy, null, Set.of());
	}

	@Test
	void nothingStandsAgainstWhatCanBeMade() {
		assertThat(check(CgroupPolicy.below(this.parent).withPidsMax(3).withCpuMax(1.5).withMemoryMaxBytes(4096L)))
			.isEmpty();
	}

	@Test
	void controllerThatIsNotAvailable() {
		CgroupPolicy policy = CgroupPolicy.below(this.parent).withIoWeight(10);
		assertThat(check(policy)).singleElement()
			.asString()
			.startsWith("cgroup.io-weight needs the controller 'io' for io.weight, and " + this.parent
					+ "/cgroup.controllers has [cpu, memory, pids]");
		assertThat(check(policy, null, Set.of(Attribute.CGROUP))).isEmpty();
	}

	@Test
	void processesInTheParentItself() throws IOException {
		write("cgroup.procs", "1234\n");
		assertThat(check(CgroupPolicy.below(this.parent).withCpuMax(0.5))).as("enabled already").isEmpty();
		assertThat(check(CgroupPolicy.below(this.parent).withMemoryHighBytes(8192L))).singleElement()
			.asString()
			.startsWith("cgroup.memory-high needs the controller 'memory', which cannot be enabled in ")
			.contains("DelegateSubgroup=");
		Files.delete(this.parent.resolve("cgroup.type"));
		assertThat(check(CgroupPolicy.below(this.parent).withMemoryHighBytes(8192L))).as("the root").isEmpty();
	}

	@Test
	void parentThatIsNone() throws IOException {
		assertThat(check(CgroupPolicy.below(this.parent.resolve("none"))))
			.containsExactly("cgroup.parent does not exist: " + this.parent + "/none");
		Files.delete(this.parent.resolve("cgroup.subtree_control"));
		assertThat(check(CgroupPolicy.below(this.parent))).containsExactly(
				"cgroup.parent is no cgroup of version 2, it has no cgroup.subtree_control: " + this.parent);
	}

	@Test
	void relativeParent() throws IOException {
		Path own = Files.createDirectory(this.parent.resolve("jvm"));
		assertThat(check(CgroupPolicy.below(Path.of("..")).withPidsMax(3), own, Set.of())).isEmpty();
		assertThat(check(CgroupPolicy.below(Path.of("../none")), own, Set.of()))
			.containsExactly("cgroup.parent does not exist: " + this.parent + "/none");
		assertThat(check(CgroupPolicy.below(Path.of("..")))).singleElement()
			.asString()
			.startsWith("cgroup.parent is relative to the cgroup of the JVM");
	}

	@Test
	void limitsWithoutACgroupToSetThemOn() {
		assertThat(check(CgroupPolicy.undecided().withPidsMax(3)))
			.containsExactly("cgroup.pids-max must not be set without a cgroup.parent, below which a cgroup is made");
		assertThat(check(CgroupPolicy.joining(this.parent).withSwapMaxBytes(0L))).singleElement()
			.asString()
			.startsWith("cgroup.swap-max must not be set together with cgroup.join");
	}

	@Test
	void problemIsOfItsPolicy() {
		PolicyProblems problems = new PolicyProblems("p", ProcessPolicy.undecided());
		new CgroupCheck(problems, null).check(CgroupPolicy.below(Path.of("/no/such")));
		assertThat(problems.found())
			.containsExactly(new PolicyProblem("p", "cgroup.parent", "does not exist: /no/such"));
	}

}
