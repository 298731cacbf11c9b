// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Which descriptors of the JVM a child may have besides its standard streams.
 *
 * @param mode what happens to the others
 * @param keep numbers of descriptors of the JVM, 3 and higher, that the child gets under
 * the same number
 * @since 0.1.0
 */
public record DescriptorPolicy(@Nullable Mode mode, @Nullable List<Integer> keep) {

	public DescriptorPolicy {
		if (keep != null) {
			keep = List.copyOf(keep);
			for (int descriptor : keep) {
				if (descriptor < 3) {
					throw new IllegalArgumentException(
							"descriptors.keep must hold numbers of 3 and higher: " + descriptor);
				}
			}
			if (keep.stream().distinct().count() != keep.size()) {
				throw new IllegalArgumentException("descriptors.keep must not hold a number twice: " + keep);
			}
		}
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public DescriptorPolicy orElse(@Nullable DescriptorPolicy other) {
		if (other == null) {
			return this;
		}
		return new DescriptorPolicy((this.mode != null) ? this.mode : other.mode,
				(this.keep != null) ? this.keep : other.keep);
	}

	/**
	 * What happens to descriptors that are not named.
	 */
	public enum Mode {

		/**
		 * All are closed in the child, whatever their close-on-exec flag says.
		 */
		CLOSE_ALL,

		/**
		 * Those without the close-on-exec flag are inherited.
		 */
		INHERIT_ALL

	}

}
