// SPDX-License-Identifier: Apache-2.0
/**
 * What happens inside of the JVM, by JMH: benchmarks/run-jmh.
 */
@NullMarked
package io.github.subprocess.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
