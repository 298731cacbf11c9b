// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

/**
 * A descriptor of the JVM that becomes one of the child.
 *
 * @param source its number in the JVM
 * @param target its number in the child; equal to the source to keep it open
 * @since 0.1.0
 */
public record DescriptorMapping(int source, int target) {

	public DescriptorMapping {
		if (source < 0) {
			throw new IllegalArgumentException("source must not be negative: " + source);
		}
		if (target < 0) {
			throw new IllegalArgumentException("target must not be negative: " + target);
		}
	}

}
