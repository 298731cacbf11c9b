// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ResourceUsage;

/**
 * What the kernel tells about a child that has ended.
 *
 * @param status how it ended
 * @param usage what it used
 * @since 0.1.0
 */
public record ExitRecord(ExitStatus status, ResourceUsage usage) {

}
