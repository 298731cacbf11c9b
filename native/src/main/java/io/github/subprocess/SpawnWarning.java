// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import org.jspecify.annotations.Nullable;

/**
 * An attribute that the platform refused to a child and that its policy marks as one that
 * can be done without: the program runs, without it.
 *
 * @param step the step of the birth that was refused, such as {@code nice}
 * @param errno the number of the error
 * @param errnoName its name, such as {@code EPERM}
 * @param errnoText its text
 * @param subject what was asked for, if the step has an argument
 * @since 0.1.0
 */
public record SpawnWarning(String step, int errno, String errnoName, String errnoText, @Nullable String subject) {

}
