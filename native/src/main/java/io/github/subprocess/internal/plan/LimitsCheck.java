// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.Resource;

/**
 * Finds what a policy wants more of than the JVM has and may give (setrlimit(2),
 * setpriority(2)), and processors that are not there.
 */
final class LimitsCheck {

	private final LimitsPolicy policy;

	private final JvmRights jvm;

	private final PolicyProblems problems;

	LimitsCheck(LimitsPolicy policy, JvmRights jvm, PolicyProblems problems) {
		this.policy = policy;
		this.jvm = jvm;
		this.problems = problems;
	}

	void check() {
		if (!this.jvm.may(JvmRights.CAP_SYS_RESOURCE)) {
			new TreeMap<>(this.policy.resources()).forEach(this::checkHardLimit);
			checkOomScore();
		}
		if (!this.jvm.may(JvmRights.CAP_SYS_NICE)) {
			checkNice();
		}
		checkAffinity();
	}

	private void checkHardLimit(Resource resource, Limit wanted) {
		Limit own = this.jvm.limits().get(resource);
		if (own == null || own.hard() == Limit.UNLIMITED) {
			return;
		}
		if (wanted.hard() == Limit.UNLIMITED || wanted.hard() > own.hard()) {
			this.problems.add(Attribute.LIMITS, "limits." + resource.name().toLowerCase(Locale.ROOT).replace('_', '-'),
					"is above the hard limit of the JVM, which is %d, and raising it needs CAP_SYS_RESOURCE"
						.formatted(own.hard()));
		}
	}

	private void checkOomScore() {
		Integer wanted = this.policy.oomScore();
		Integer own = this.jvm.oomScore();
		if (wanted != null && own != null && wanted < own) {
			this.problems.add(Attribute.OOM_SCORE, "limits.oom-score",
					"is below that of the JVM, which is %d, and lowering it needs CAP_SYS_RESOURCE".formatted(own));
		}
	}

	private void checkNice() {
		Integer wanted = this.policy.nice();
		Integer own = this.jvm.nice();
		if (wanted == null || own == null || wanted >= own || 20 - wanted <= niceCeiling()) {
			return;
		}
		this.problems.add(Attribute.NICE, "limits.nice",
				"is below that of the JVM, which is %d, and lowering it needs CAP_SYS_NICE".formatted(own));
	}

	/**
	 * The child gets its limits before its nice value.
	 */
	private long niceCeiling() {
		Limit limit = this.policy.resources()
			.getOrDefault(Resource.NICE_CEILING, this.jvm.limits().getOrDefault(Resource.NICE_CEILING, Limit.of(0)));
		return (limit.soft() == Limit.UNLIMITED) ? Long.MAX_VALUE : limit.soft();
	}

	private void checkAffinity() {
		Set<Integer> wanted = this.policy.affinity();
		Set<Integer> present = Processors.present();
		if (wanted == null || present.isEmpty()) {
			return;
		}
		Set<Integer> missing = new TreeSet<>(wanted);
		missing.removeAll(present);
		if (!missing.isEmpty()) {
			this.problems.add(Attribute.AFFINITY, "limits.affinity",
					"names processors that are not there: %s of %s".formatted(missing, present));
		}
	}

}
