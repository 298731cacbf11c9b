// SPDX-License-Identifier: Apache-2.0
/**
 * Health of the launcher.
 */
@NullMarked
package io.github.subprocess.boot.health;

import org.jspecify.annotations.NullMarked;
