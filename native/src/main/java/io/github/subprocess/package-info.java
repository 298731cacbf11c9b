// SPDX-License-Identifier: Apache-2.0
/**
 * What a user types and catches.
 * <p>
 * A command under a {@link io.github.subprocess.policy.ProcessPolicy} is compiled into a
 * {@link io.github.subprocess.spi.SpawnPlan}; a {@link io.github.subprocess.spi.Spawner}
 * starts it; a {@link io.github.subprocess.ManagedProcess} is watched by one reactor
 * until it has an {@link io.github.subprocess.ExitStatus};
 * {@linkplain io.github.subprocess.event.ProcessListener listeners} turn what happened
 * into metrics, events and pages. Start at {@link io.github.subprocess.ProcessLauncher}.
 */
@NullMarked
package io.github.subprocess;

import org.jspecify.annotations.NullMarked;
