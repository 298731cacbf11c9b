// SPDX-License-Identifier: Apache-2.0
/**
 * The only place that knows that C exists.
 */
@NullMarked
package io.github.subprocess.internal.jnr;

import org.jspecify.annotations.NullMarked;
