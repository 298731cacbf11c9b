// SPDX-License-Identifier: Apache-2.0
/**
 * Who is ended together with a process: members of its group, descendants that are found
 * in {@code /proc}, members of its cgroup.
 */
@NullMarked
package io.github.subprocess.internal.tree;

import org.jspecify.annotations.NullMarked;
