// SPDX-License-Identifier: Apache-2.0
/**
 * Auto-configuration for observations of launches.
 */
@NullMarked
package io.github.subprocess.boot.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
