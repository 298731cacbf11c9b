// SPDX-License-Identifier: Apache-2.0
/**
 * Auto-configuration for the health of the launcher.
 */
@NullMarked
package io.github.subprocess.boot.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
