// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What a child may use, and how it stands against others. What is undecided is as the JVM
 * has it. More than the JVM has is for the privileged (CAP_SYS_RESOURCE, CAP_SYS_NICE):
 * the start fails with EPERM or EACCES otherwise, unless the attribute is marked as best
 * effort.
 *
 * @param resources the resource limits (getrlimit(2)), each in the unit of its resource;
 * they hold for each process of a tree by itself
 * @param nice the nice value (setpriority(2)), -20 for most processor time to 19 for
 * least
 * @param oomScore how the kernel chooses the child when memory runs out
 * ({@code oom_score_adj}, proc(5)), -1000 for never to 1000 for first
 * @param affinity the numbers of the processors that it may run on
 * (sched_setaffinity(2)), 0 to {@value #LARGEST_PROCESSOR}; empty: those of the JVM
 * @since 0.1.0
 */
public record LimitsPolicy(Map<Resource, Limit> resources, @Nullable Integer nice, @Nullable Integer oomScore,
		@Nullable Set<Integer> affinity) {

	/**
	 * The largest number of a processor that Linux can be built for.
	 */
	public static final int LARGEST_PROCESSOR = 8191;

	private static final LimitsPolicy UNDECIDED = new LimitsPolicy(Map.of(), null, null, null);

	public LimitsPolicy {
		resources = Map.copyOf(resources);
		ProcessPolicy.checkBetween("limits.nice", nice, -20, 19);
		ProcessPolicy.checkBetween("limits.oom-score", oomScore, -1000, 1000);
		if (affinity != null) {
			affinity = Set.copyOf(affinity);
			affinity
				.forEach((processor) -> ProcessPolicy.checkBetween("limits.affinity", processor, 0, LARGEST_PROCESSOR));
		}
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static LimitsPolicy undecided() {
		return UNDECIDED;
	}

	public LimitsPolicy withResource(Resource resource, Limit limit) {
		return new LimitsPolicy(merge(Map.of(resource, limit), this.resources), this.nice, this.oomScore,
				this.affinity);
	}

	public LimitsPolicy withNice(@Nullable Integer nice) {
		return new LimitsPolicy(this.resources, nice, this.oomScore, this.affinity);
	}

	public LimitsPolicy withOomScore(@Nullable Integer oomScore) {
		return new LimitsPolicy(this.resources, this.nice, oomScore, this.affinity);
	}

	public LimitsPolicy withAffinity(@Nullable Set<Integer> affinity) {
		return new LimitsPolicy(this.resources, this.nice, this.oomScore, affinity);
	}

	/**
	 * Return this policy with what is undecided taken from another; resources are merged
	 * one by one.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public LimitsPolicy orElse(@Nullable LimitsPolicy other) {
		if (other == null) {
			return this;
		}
		return new LimitsPolicy(merge(this.resources, other.resources), (this.nice != null) ? this.nice : other.nice,
				(this.oomScore != null) ? this.oomScore : other.oomScore,
				(this.affinity != null) ? this.affinity : other.affinity);
	}

	private static Map<Resource, Limit> merge(Map<Resource, Limit> resources, Map<Resource, Limit> beneath) {
		Map<Resource, Limit> merged = new EnumMap<>(Resource.class);
		merged.putAll(beneath);
		merged.putAll(resources);
		return merged;
	}

}
