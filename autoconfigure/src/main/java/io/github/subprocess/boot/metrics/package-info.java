// SPDX-License-Identifier: Apache-2.0
/**
 * Meters of processes. The only package that knows the meters of Micrometer.
 */
@NullMarked
package io.github.subprocess.boot.metrics;

import org.jspecify.annotations.NullMarked;
