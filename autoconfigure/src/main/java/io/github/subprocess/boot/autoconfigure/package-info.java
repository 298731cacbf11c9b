// SPDX-License-Identifier: Apache-2.0
/**
 * Properties, and the beans that are made of them.
 */
@NullMarked
package io.github.subprocess.boot.autoconfigure;

import org.jspecify.annotations.NullMarked;
