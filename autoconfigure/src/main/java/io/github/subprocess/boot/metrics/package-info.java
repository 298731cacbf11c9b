// SPDX-License-Identifier: Apache-2.0
/**
 * Meters of processes. The only package that knows Micrometer.
 */
@NullMarked
package io.github.subprocess.boot.metrics;

import org.jspecify.annotations.NullMarked;
