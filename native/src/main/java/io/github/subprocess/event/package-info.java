// SPDX-License-Identifier: Apache-2.0
/**
 * Facts that are told to listeners.
 */
@NullMarked
package io.github.subprocess.event;

import org.jspecify.annotations.NullMarked;
