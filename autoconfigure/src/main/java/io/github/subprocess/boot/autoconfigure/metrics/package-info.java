// SPDX-License-Identifier: Apache-2.0
/**
 * Meters where Micrometer is there.
 */
@NullMarked
package io.github.subprocess.boot.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
