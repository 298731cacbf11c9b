// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.InputReport;

/**
 * What went through the standard streams of a process.
 *
 * @param input what it was given
 * @param output what it wrote to standard output
 * @param error what it wrote to standard error
 */
record StreamReports(InputReport input, CapturedOutput output, CapturedOutput error) {

}
