// SPDX-License-Identifier: Apache-2.0
/**
 * Asks workers in turns, and tells what they measured.
 */
@NullMarked
package io.github.subprocess.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
