// SPDX-License-Identifier: Apache-2.0
/**
 * What happens inside of the JVM only, by JMH.
 */
@NullMarked
package io.github.subprocess.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
