// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

/**
 * Description of a process that lives on after the one that it comes from was ended with
 * its tree.
 *
 * @param pid its process id
 * @param name name of its program, at most 15 characters
 * @param reason why it was left: {@code survived}, {@code not-permitted} or
 * {@code not-adopted}
 * @since 0.1.0
 */
public record LeftOverDescriptor(long pid, String name, String reason) {

}
