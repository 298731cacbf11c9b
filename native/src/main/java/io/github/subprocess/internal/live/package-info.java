// SPDX-License-Identifier: Apache-2.0
/**
 * Everything after birth: the reactor, streams, deadlines, termination and the registry.
 */
@NullMarked
package io.github.subprocess.internal.live;

import org.jspecify.annotations.NullMarked;
