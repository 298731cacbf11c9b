// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Description of what a process was refused and was started without.
 *
 * @param step step of the birth that was refused, such as {@code nice}
 * @param errno name of the error, such as {@code EPERM}
 * @param text text of the error
 * @param subject what was asked for, if the step has an argument
 * @since 0.1.0
 */
public record SpawnWarningDescriptor(String step, String errno, String text, @Nullable String subject) {

}
