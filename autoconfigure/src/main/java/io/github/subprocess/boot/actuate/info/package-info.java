// SPDX-License-Identifier: Apache-2.0
/**
 * What the machine lets subprocesses do, at the {@code info} endpoint.
 */
@NullMarked
package io.github.subprocess.boot.actuate.info;

import org.jspecify.annotations.NullMarked;
