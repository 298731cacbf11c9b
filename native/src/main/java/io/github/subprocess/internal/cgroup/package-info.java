// SPDX-License-Identifier: Apache-2.0
/**
 * Cgroups that are made for one process each: named, limited, read and removed.
 */
@NullMarked
package io.github.subprocess.internal.cgroup;

import org.jspecify.annotations.NullMarked;
