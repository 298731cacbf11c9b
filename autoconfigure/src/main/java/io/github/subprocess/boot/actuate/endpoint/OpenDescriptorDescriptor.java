// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

/**
 * A descriptor that a live process has open.
 *
 * @param number its number
 * @param kind what it stands for: {@code file}, {@code device}, {@code terminal},
 * {@code pipe}, {@code socket} or {@code anonymous}
 * @param target what the kernel calls it, sanitized
 * @since 0.1.0
 */
public record OpenDescriptorDescriptor(int number, String kind, String target) {

}
