// SPDX-License-Identifier: Apache-2.0
/**
 * The behaviour tests as one program, for machines that have nothing but a JRE.
 */
@NullMarked
package io.github.subprocess.conformance;

import org.jspecify.annotations.NullMarked;
