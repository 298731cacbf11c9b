// SPDX-License-Identifier: Apache-2.0
/**
 * The seam between thinking and doing: what a plan says, and the few verbs of the
 * operating system that launching and watching need. A fake on this side makes the rest
 * testable without a process.
 */
@NullMarked
package io.github.subprocess.spi;

import org.jspecify.annotations.NullMarked;
