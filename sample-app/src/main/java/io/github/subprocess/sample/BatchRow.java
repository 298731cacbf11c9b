// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.file.Path;

import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import org.jspecify.annotations.Nullable;

/**
 * One file that went, or should have gone, through the program of one policy.
 *
 * @param file the file
 * @param policy the name of the policy
 * @param size the size of the file
 * @param result how the program ended, {@code null} if it could not be started
 * @param failure why it could not be started
 */
record BatchRow(Path file, String policy, long size, @Nullable ProcessResult result,
		@Nullable ProcessStartException failure) {

}
