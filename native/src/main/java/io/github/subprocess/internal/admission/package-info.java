// SPDX-License-Identifier: Apache-2.0
/**
 * Before birth: who may be born now, and who waits.
 */
@NullMarked
package io.github.subprocess.internal.admission;

import org.jspecify.annotations.NullMarked;
