// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code subprocesses} endpoint.
 */
@NullMarked
package io.github.subprocess.boot.actuate.endpoint;

import org.jspecify.annotations.NullMarked;
