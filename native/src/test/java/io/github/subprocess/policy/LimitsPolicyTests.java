// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Limits are merged resource by resource, and refuse by name what the kernel would cut or
 * take for something else.
 */
class LimitsPolicyTests {

	@Test
	void resourcesAreMergedOneByOne() {
		LimitsPolicy beneath = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, Limit.of(1024))
			.withResource(Resource.CORE_SIZE, Limit.of(0))
			.withNice(5)
			.withAffinity(Set.of(0, 1));
		LimitsPolicy above = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, new Limit(64, 128))
			.withResource(Resource.CPU_TIME, Limit.of(Limit.UNLIMITED))
			.withOomScore(500)
			.withAffinity(Set.of());
		assertThat(above.orElse(beneath)).isEqualTo(new LimitsPolicy(Map.of(Resource.OPEN_FILES, new Limit(64, 128),
				Resource.CORE_SIZE, Limit.of(0), Resource.CPU_TIME, Limit.of(Limit.UNLIMITED)), 5, 500, Set.of()));
		assertThat(above.orElse(null)).isSameAs(above);
	}

	@Test
	void laterLimitOfAResourceWins() {
		LimitsPolicy limits = LimitsPolicy.undecided()
			.withResource(Resource.OPEN_FILES, Limit.of(1))
			.withResource(Resource.OPEN_FILES, Limit.of(2));
		assertThat(limits.resources()).containsExactly(Map.entry(Resource.OPEN_FILES, Limit.of(2)));
	}

	@Test
	void doesNotChangeWithWhatItWasMadeOf() {
		Map<Resource, Limit> resources = new EnumMap<>(Resource.class);
		LimitsPolicy limits = new LimitsPolicy(resources, null, null, null);
		resources.put(Resource.DATA, Limit.of(1));
		assertThat(limits.resources()).isEmpty();
	}

	@Test
	void whatIsOutOfRangeIsRefusedByName() {
		LimitsPolicy limits = LimitsPolicy.undecided();
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withNice(20))
			.withMessage("limits.nice must be between -20 and 19: 20");
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withNice(-21))
			.withMessageContaining("limits.nice");
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withOomScore(-1001))
			.withMessageContaining("limits.oom-score must be between -1000 and 1000");
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withOomScore(1001))
			.withMessageContaining("limits.oom-score");
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withAffinity(Set.of(0, -1)))
			.withMessageContaining("limits.affinity");
		assertThatIllegalArgumentException().isThrownBy(() -> limits.withAffinity(Set.of(8192)))
			.withMessageContaining("limits.affinity");
		assertThat(limits.withNice(-20).withNice(19).withOomScore(-1000).withOomScore(1000).withAffinity(Set.of(8191)))
			.isNotNull();
	}

	@Test
	void softLimitIsNeverAboveTheHardOne() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Limit(2, 1)).withMessageContaining("2 > 1");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limit(Limit.UNLIMITED, 1))
			.withMessageContaining("unlimited > 1");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limit(-2, 1)).withMessageContaining("soft");
		assertThatIllegalArgumentException().isThrownBy(() -> new Limit(0, -2)).withMessageContaining("hard");
		assertThat(new Limit(1, Limit.UNLIMITED)).hasToString("1 to unlimited");
		assertThat(Limit.of(Limit.UNLIMITED)).hasToString("unlimited");
	}

	@Test
	void resourcesAreFoundByTheirNumbers() {
		for (Resource resource : Resource.values()) {
			assertThat(Resource.of(resource.number())).isEqualTo(resource);
		}
		assertThatIllegalArgumentException().isThrownBy(() -> Resource.of(16)).withMessageContaining("16");
		assertThatIllegalArgumentException().isThrownBy(() -> Resource.of(-1)).withMessageContaining("-1");
	}

}
