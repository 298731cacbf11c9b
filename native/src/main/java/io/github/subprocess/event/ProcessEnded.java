// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;

/**
 * A process has ended and been reaped.
 *
 * @param process what is known of it; its result is without what it wrote
 * @param result how it ended and what it wrote
 * @since 0.1.0
 */
public record ProcessEnded(ProcessSnapshot process, ProcessResult result) {

}
