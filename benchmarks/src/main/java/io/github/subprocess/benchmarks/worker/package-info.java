// SPDX-License-Identifier: Apache-2.0
/**
 * A JVM that measures one contender, as it is asked to on its standard input.
 */
@NullMarked
package io.github.subprocess.benchmarks.worker;

import org.jspecify.annotations.NullMarked;
