// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What a policy decides on a cgroup, and what it cannot decide.
 */
class CgroupPolicyTests {

	private static final CgroupPolicy BELOW = CgroupPolicy.below(Path.of("/app")).withPidsMax(5);

	@Test
	void limitsAreMergedOneByOne() {
		CgroupPolicy merged = CgroupPolicy.undecided()
			.withCpuMax(1.5)
			.withFiles(Map.of("io.max", "8:0 rbps=1"))
			.orElse(BELOW.withCpuMax(2.0).withFiles(Map.of("io.max", "none", "memory.oom.group", "1")));
		assertThat(merged)
			.isEqualTo(BELOW.withCpuMax(1.5).withFiles(Map.of("io.max", "8:0 rbps=1", "memory.oom.group", "1")));
	}

	@Test
	void whoJoinsTakesNothingFromBeneath() {
		CgroupPolicy joining = CgroupPolicy.joining(Path.of("/jobs"));
		assertThat(joining.orElse(BELOW)).isEqualTo(joining);
		assertThat(BELOW.orElse(joining)).isEqualTo(BELOW);
		assertThat(CgroupPolicy.undecided().orElse(joining)).isEqualTo(joining);
	}

	@Test
	void whatCannotBeIsRefusedWithItsKey() {
		refused("cgroup.parent must not be set together with cgroup.join", () -> BELOW.withJoin(Path.of("/jobs")));
		refused("cgroup.join must be an absolute path", () -> CgroupPolicy.joining(Path.of("jobs")));
		refused("cgroup.memory-max must be 4096 bytes at least", () -> BELOW.withMemoryMaxBytes(4095L));
		refused("cgroup.memory-high must be 4096 bytes at least", () -> BELOW.withMemoryHighBytes(0L));
		refused("cgroup.swap-max must be 0 bytes at least", () -> BELOW.withSwapMaxBytes(-1L));
		refused("cgroup.cpu-max must be between", () -> BELOW.withCpuMax(0.0));
		refused("cgroup.cpu-max must be between", () -> BELOW.withCpuMax(Double.NaN));
		refused("cgroup.cpu-weight must be between 1 and 10000", () -> BELOW.withCpuWeight(0));
		refused("cgroup.io-weight must be between 1 and 10000", () -> BELOW.withIoWeight(10_001));
		refused("cgroup.pids-max must be between 1 and", () -> BELOW.withPidsMax(0));
		refused("cgroup.files must hold names", () -> BELOW.withFiles(Map.of("../x.max", "1")));
		refused("cgroup.files must hold names", () -> BELOW.withFiles(Map.of("cgroup.procs", "1")));
		refused("cgroup.files must not hold pids.max", () -> BELOW.withFiles(Map.of("pids.max", "1")));
		refused("cgroup.files must hold a value", () -> BELOW.withFiles(Map.of("io.max", " ")));
	}

	private static void refused(String message, Runnable action) {
		assertThatIllegalArgumentException().isThrownBy(action::run).withMessageStartingWith(message);
	}

}
