// SPDX-License-Identifier: Apache-2.0
/**
 * The conformance program and the sample in containers, each with something taken away.
 */
@NullMarked
package io.github.subprocess.containers;

import org.jspecify.annotations.NullMarked;
