// SPDX-License-Identifier: Apache-2.0
/**
 * Who starts processes: this library and its peers, behind one interface.
 */
@NullMarked
package io.github.subprocess.benchmarks.contender;

import org.jspecify.annotations.NullMarked;
