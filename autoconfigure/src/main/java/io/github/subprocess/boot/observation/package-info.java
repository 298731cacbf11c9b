// SPDX-License-Identifier: Apache-2.0
/**
 * Observations of launches.
 */
@NullMarked
package io.github.subprocess.boot.observation;

import org.jspecify.annotations.NullMarked;
