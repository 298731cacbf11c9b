// SPDX-License-Identifier: Apache-2.0
/**
 * A small file service: programs that every Linux has, behind HTTP, under named policies.
 */
@NullMarked
package io.github.subprocess.sample;

import org.jspecify.annotations.NullMarked;
