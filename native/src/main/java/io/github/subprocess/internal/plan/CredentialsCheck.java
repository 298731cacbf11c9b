// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.Set;

import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.UserDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Finds users and groups that do not exist, or that the JVM may not give to a child.
 */
final class CredentialsCheck {

	private final CredentialsLookup lookup;

	private final JvmRights jvm;

	private final PolicyProblems problems;

	CredentialsCheck(UserDatabase users, JvmRights jvm, PolicyProblems problems) {
		this.lookup = new CredentialsLookup(users);
		this.jvm = jvm;
		this.problems = problems;
	}

	void check(CredentialsPolicy policy) {
		ChildAttributes.Builder attributes = ChildAttributes.builder();
		this.problems.compile(() -> {
			this.lookup.apply(policy, attributes);
			checkRights(attributes.build());
		});
		// those behind the first problem
		if (policy.group() != null && !this.problems.has("credentials.group")) {
			lookUp(new CredentialsPolicy(null, policy.group(), null));
		}
		if (policy.groups() instanceof SupplementaryGroups.Named && !this.problems.has("credentials.groups")) {
			lookUp(new CredentialsPolicy(null, null, policy.groups()));
		}
	}

	private void lookUp(CredentialsPolicy part) {
		this.problems.compile(() -> this.lookup.apply(part, ChildAttributes.builder()));
	}

	private void checkRights(ChildAttributes wanted) {
		if (!this.jvm.may(JvmRights.CAP_SETUID) && isOther(wanted.user(), this.jvm.users())) {
			this.problems.add(Attribute.USER, "credentials.user",
					"is not the user of the JVM, and changing it needs CAP_SETUID");
		}
		if (this.jvm.may(JvmRights.CAP_SETGID)) {
			return;
		}
		if (isOther(wanted.group(), this.jvm.groups())) {
			this.problems.add(Attribute.GROUP, "credentials.group",
					"is not the group of the JVM, and changing it needs CAP_SETGID");
		}
		if (wanted.groups() != null) {
			this.problems.add(Attribute.GROUPS, "credentials.groups",
					"are not those of the JVM left alone, and changing them needs CAP_SETGID");
		}
	}

	private static boolean isOther(@Nullable Long wanted, Set<Long> own) {
		return wanted != null && !own.isEmpty() && !own.contains(wanted);
	}

}
