// SPDX-License-Identifier: Apache-2.0
/**
 * Pure: a command and a policy in, a {@link io.github.subprocess.spi.SpawnPlan} out.
 * Every validation error is raised here, and PATH is searched here. Guards alone look at
 * files.
 */
@NullMarked
package io.github.subprocess.internal.plan;

import org.jspecify.annotations.NullMarked;
