// SPDX-License-Identifier: Apache-2.0
/**
 * Where plan, spawner and live meet. Not for use from outside.
 */
@NullMarked
package io.github.subprocess.internal;

import org.jspecify.annotations.NullMarked;
