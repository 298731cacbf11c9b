// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

/**
 * Description of a value that a policy has.
 *
 * @param value the value, sanitized if it may be confidential
 * @param origin where it comes from, {@code built-in} if nobody decided on it,
 * {@code customizer} if code did
 * @since 0.1.0
 */
public record PolicyValueDescriptor(Object value, String origin) {

}
