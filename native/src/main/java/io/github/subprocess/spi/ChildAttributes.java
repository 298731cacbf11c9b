// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import org.jspecify.annotations.Nullable;

/**
 * What a child is given or deprived of besides its descriptors, all numbers looked up.
 * Components that are {@code null} leave the child as the JVM is.
 *
 * @param controllingTerminal the descriptor of the program that becomes the controlling
 * terminal of its session
 * @param cgroup the directory of the cgroup that the child joins
 * @param limits the resource limits
 * @param nice the nice value, -20 to 19
 * @param oomScore the out-of-memory score, -1000 to 1000
 * @param affinity the numbers of the processors; empty: as the JVM
 * @param umask the file mode creation mask, 0 to 0777
 * @param groups the supplementary groups; empty: none at all; {@code null}: as the JVM
 * @param inheritsGroups whether it was decided that they are as the JVM has them, which a
 * user must not bring about by accident
 * @param group the group
 * @param user the user
 * @param deathSignal the signal that the child gets when the thread that spawned it ends,
 * or its JVM
 * @param noNewPrivileges whether set-user-id programs lose their power
 * @param sandbox what is taken from it for the sake of untrusted input; it needs
 * {@code noNewPrivileges}
 * @param keepsIgnoredSignals whether signals that the JVM ignores stay ignored; otherwise
 * all are at their default
 * @param programFile a descriptor of the file that is executed in place of the one path
 * of the plan, which the program does not get (execveat(2)); {@code null}: the path is
 * @param bestEffort which of these the child may be started without
 * @since 0.1.0
 */
public record ChildAttributes(@Nullable Integer controllingTerminal, @Nullable String cgroup,
		Map<Resource, Limit> limits, @Nullable Integer nice, @Nullable Integer oomScore, Set<Integer> affinity,
		@Nullable Integer umask, @Nullable List<Long> groups, boolean inheritsGroups, @Nullable Long group,
		@Nullable Long user, @Nullable ProcessSignal deathSignal, boolean noNewPrivileges,
		@Nullable ChildSandbox sandbox, boolean keepsIgnoredSignals, @Nullable Integer programFile,
		Set<Attribute> bestEffort) {

	private static final ChildAttributes NONE = builder().build();

	public ChildAttributes {
		limits = Map.copyOf(limits);
		affinity = Set.copyOf(affinity);
		groups = (groups != null) ? List.copyOf(groups) : null;
		bestEffort = Set.copyOf(bestEffort);
		checkId("group", group);
		checkId("user", user);
		if (groups != null) {
			groups.forEach((id) -> checkId("groups", id));
		}
		if (groups != null && inheritsGroups) {
			throw new IllegalArgumentException("groups must not be both set and inherited: " + groups);
		}
		if (user != null && groups == null && !inheritsGroups) {
			throw new IllegalArgumentException(
					"groups must be decided when user is set: some, none, or those of the JVM");
		}
	}

	private static void checkId(String name, @Nullable Long id) {
		if (id != null && (id < 0 || id > CredentialsPolicy.LARGEST_ID)) {
			throw new IllegalArgumentException(
					name + " must be between 0 and " + CredentialsPolicy.LARGEST_ID + ": " + id);
		}
	}

	/**
	 * Return the attributes of a child that is as the JVM is.
	 * @return no attributes
	 */
	public static ChildAttributes none() {
		return NONE;
	}

	/**
	 * Return these attributes with another cgroup.
	 * @param other the directory of the cgroup, or {@code null}
	 * @return new attributes
	 */
	public ChildAttributes withCgroup(@Nullable String other) {
		return with((draft) -> draft.cgroup = other);
	}

	/**
	 * Return these attributes with another sandbox.
	 * @param other the sandbox, or {@code null}
	 * @return new attributes
	 */
	public ChildAttributes withSandbox(@Nullable ChildSandbox other) {
		return with((draft) -> draft.sandbox = other);
	}

	/**
	 * Return these attributes with a file to be executed.
	 * @param file its descriptor
	 * @return new attributes
	 */
	public ChildAttributes withProgramFile(int file) {
		return with((draft) -> draft.programFile = file);
	}

	private ChildAttributes with(Consumer<Builder> change) {
		Builder draft = new Builder(this);
		change.accept(draft);
		return draft.build();
	}

	/**
	 * Return a builder of attributes.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Collects attributes.
	 */
	public static final class Builder {

		private @Nullable Integer controllingTerminal;

		private @Nullable String cgroup;

		private Map<Resource, Limit> limits = Map.of();

		private @Nullable Integer nice;

		private @Nullable Integer oomScore;

		private Set<Integer> affinity = Set.of();

		private @Nullable Integer umask;

		private @Nullable List<Long> groups;

		private boolean inheritsGroups;

		private @Nullable Long group;

		private @Nullable Long user;

		private @Nullable ProcessSignal deathSignal;

		private boolean noNewPrivileges;

		private @Nullable ChildSandbox sandbox;

		private boolean keepsIgnoredSignals;

		private @Nullable Integer programFile;

		private Set<Attribute> bestEffort = Set.of();

		private Builder() {
		}

		private Builder(ChildAttributes attributes) {
			this.controllingTerminal = attributes.controllingTerminal;
			this.cgroup = attributes.cgroup;
			this.limits = attributes.limits;
			this.nice = attributes.nice;
			this.oomScore = attributes.oomScore;
			this.affinity = attributes.affinity;
			this.umask = attributes.umask;
			this.groups = attributes.groups;
			this.inheritsGroups = attributes.inheritsGroups;
			this.group = attributes.group;
			this.user = attributes.user;
			this.deathSignal = attributes.deathSignal;
			this.noNewPrivileges = attributes.noNewPrivileges;
			this.sandbox = attributes.sandbox;
			this.keepsIgnoredSignals = attributes.keepsIgnoredSignals;
			this.programFile = attributes.programFile;
			this.bestEffort = attributes.bestEffort;
		}

		public Builder controllingTerminal(@Nullable Integer controllingTerminal) {
			this.controllingTerminal = controllingTerminal;
			return this;
		}

		public Builder cgroup(@Nullable String cgroup) {
			this.cgroup = cgroup;
			return this;
		}

		public Builder limits(Map<Resource, Limit> limits) {
			this.limits = limits;
			return this;
		}

		public Builder nice(@Nullable Integer nice) {
			this.nice = nice;
			return this;
		}

		public Builder oomScore(@Nullable Integer oomScore) {
			this.oomScore = oomScore;
			return this;
		}

		public Builder affinity(Set<Integer> affinity) {
			this.affinity = affinity;
			return this;
		}

		public Builder umask(@Nullable Integer umask) {
			this.umask = umask;
			return this;
		}

		public Builder groups(@Nullable List<Long> groups) {
			this.groups = groups;
			return this;
		}

		/**
		 * Leave the supplementary groups of the JVM to the child, and mean it.
		 * @return this builder
		 */
		public Builder inheritGroups() {
			this.inheritsGroups = true;
			return this;
		}

		public Builder group(@Nullable Long group) {
			this.group = group;
			return this;
		}

		public Builder user(@Nullable Long user) {
			this.user = user;
			return this;
		}

		public Builder deathSignal(@Nullable ProcessSignal deathSignal) {
			this.deathSignal = deathSignal;
			return this;
		}

		public Builder noNewPrivileges(boolean noNewPrivileges) {
			this.noNewPrivileges = noNewPrivileges;
			return this;
		}

		/**
		 * Set the sandbox, and with it that there are no new privileges.
		 * @return this builder
		 */
		public Builder sandbox(@Nullable ChildSandbox sandbox) {
			this.sandbox = sandbox;
			this.noNewPrivileges |= sandbox != null;
			return this;
		}

		public Builder keepsIgnoredSignals(boolean keepsIgnoredSignals) {
			this.keepsIgnoredSignals = keepsIgnoredSignals;
			return this;
		}

		public Builder bestEffort(Set<Attribute> bestEffort) {
			this.bestEffort = bestEffort;
			return this;
		}

		/**
		 * Return the attributes.
		 * @return what was collected
		 * @throws IllegalArgumentException if there is a user without a decision on its
		 * groups
		 */
		public ChildAttributes build() {
			return new ChildAttributes(this.controllingTerminal, this.cgroup, this.limits, this.nice, this.oomScore,
					this.affinity, this.umask, this.groups, this.inheritsGroups, this.group, this.user,
					this.deathSignal, this.noNewPrivileges, this.sandbox, this.keepsIgnoredSignals, this.programFile,
					this.bestEffort);
		}

	}

}
