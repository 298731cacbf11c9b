// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The environment of a child: built from nothing, so that only what is named gets in.
 *
 * @param inherit names of variables of the JVM that the child gets; a {@code *} stands
 * for any characters
 * @param set variables with their values, which win over inherited ones
 * @param unset names of variables of the JVM that the child does not get although they
 * are among the inherited ones; a {@code *} stands for any characters. What is set is not
 * touched
 * @since 0.1.0
 */
public record EnvironmentPolicy(@Nullable List<String> inherit, @Nullable Map<String, String> set,
		@Nullable List<String> unset) {

	public EnvironmentPolicy {
		if (inherit != null) {
			inherit = List.copyOf(inherit);
			inherit.forEach((pattern) -> checkName("environment.inherit", pattern));
		}
		if (set != null) {
			set = Map.copyOf(set);
			set.forEach((name, value) -> {
				checkName("environment.set", name);
				if (value.indexOf('\0') >= 0) {
					throw new IllegalArgumentException("environment.set." + name + " must not hold a NUL character");
				}
			});
		}
		if (unset != null) {
			unset = List.copyOf(unset);
			unset.forEach((pattern) -> checkName("environment.unset", pattern));
		}
	}

	/**
	 * Create a policy that unsets nothing of its own.
	 * @param inherit names of variables of the JVM that the child gets
	 * @param set variables with their values
	 */
	public EnvironmentPolicy(@Nullable List<String> inherit, @Nullable Map<String, String> set) {
		this(inherit, set, null);
	}

	private static void checkName(String property, String name) {
		if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
			throw new IllegalArgumentException(
					property + " must hold names that are not empty and have no '=' or NUL character, not '"
							+ name.replace("\0", "\\0") + "'");
		}
	}

	/**
	 * Return this policy with what is undecided taken from another; variables that are
	 * set are merged one by one.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public EnvironmentPolicy orElse(@Nullable EnvironmentPolicy other) {
		if (other == null) {
			return this;
		}
		Map<String, String> merged = new LinkedHashMap<>();
		if (other.set != null) {
			merged.putAll(other.set);
		}
		if (this.set != null) {
			merged.putAll(this.set);
		}
		return new EnvironmentPolicy((this.inherit != null) ? this.inherit : other.inherit,
				(this.set != null || other.set != null) ? merged : null,
				(this.unset != null) ? this.unset : other.unset);
	}

	/**
	 * Return the names alone: values are confidential.
	 */
	@Override
	public String toString() {
		return "EnvironmentPolicy[inherit=" + this.inherit + ", set=" + ((this.set != null) ? this.set.keySet() : null)
				+ ", unset=" + this.unset + "]";
	}

}
