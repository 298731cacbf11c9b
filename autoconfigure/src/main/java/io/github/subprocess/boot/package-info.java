// SPDX-License-Identifier: Apache-2.0
/**
 * How an application shapes its {@link io.github.subprocess.ProcessLauncher} and when the
 * launcher stops.
 */
@NullMarked
package io.github.subprocess.boot;

import org.jspecify.annotations.NullMarked;
