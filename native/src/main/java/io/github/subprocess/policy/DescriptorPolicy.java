// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Which descriptors of the JVM a child may have besides its standard streams.
 *
 * @param mode what happens to the others
 * @param keep numbers of descriptors of the JVM, 3 and higher, that the child gets under
 * the same number
 * @param map more descriptors of the JVM, by the number, 3 and higher, that the child
 * gets each of them under; merged one by one
 * @since 0.1.0
 */
public record DescriptorPolicy(@Nullable Mode mode, @Nullable List<Integer> keep, @Nullable Map<Integer, Integer> map) {

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
		if (map != null) {
			map = Map.copyOf(map);
			map.forEach(DescriptorPolicy::check);
		}
	}

	/**
	 * Create a policy that gives descriptors no other numbers.
	 * @param mode what happens to those that are not kept
	 * @param keep those that are
	 */
	public DescriptorPolicy(@Nullable Mode mode, @Nullable List<Integer> keep) {
		this(mode, keep, null);
	}

	private static void check(int number, int ofJvm) {
		if (number < 3) {
			throw new IllegalArgumentException("descriptors.map must have keys of 3 and higher: " + number);
		}
		if (ofJvm < 0) {
			throw new IllegalArgumentException("descriptors.map must not hold negative numbers: " + ofJvm);
		}
	}

	/**
	 * Return a policy with more descriptors.
	 * @param number the number in the child, 3 or higher
	 * @param ofJvm the number in the JVM, which must be open at each launch
	 * @return a new policy
	 */
	public DescriptorPolicy withDescriptor(int number, int ofJvm) {
		return new DescriptorPolicy(this.mode, this.keep, merge(Map.of(number, ofJvm), this.map));
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
				(this.keep != null) ? this.keep : other.keep, merge(this.map, other.map));
	}

	private static @Nullable Map<Integer, Integer> merge(@Nullable Map<Integer, Integer> map,
			@Nullable Map<Integer, Integer> beneath) {
		if (map == null || beneath == null) {
			return (map != null) ? map : beneath;
		}
		Map<Integer, Integer> merged = new TreeMap<>(beneath);
		merged.putAll(map);
		return merged;
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
