// SPDX-License-Identifier: Apache-2.0
/**
 * What is logged of processes.
 */
@NullMarked
package io.github.subprocess.boot.logging;

import org.jspecify.annotations.NullMarked;
