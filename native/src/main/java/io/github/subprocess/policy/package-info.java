// SPDX-License-Identifier: Apache-2.0
/**
 * Immutable decisions: what a child may inherit, use and say, and how it is ended. A
 * component that is {@code null} has not been decided and is taken from the policy
 * beneath ({@code orElse}).
 */
@NullMarked
package io.github.subprocess.policy;

import org.jspecify.annotations.NullMarked;
