// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of the processes of a launcher. The numbers are not filtered.
 *
 * @param live number of processes that have not ended
 * @param started number of processes that have been started
 * @param failedToStart number of processes that could not be started
 * @param rejected number of launches that were refused before anything was tried
 * @param subprocesses the live processes by id, oldest first
 * @param recent the processes that ended last, newest first
 * @since 0.1.0
 */
public record SubprocessesDescriptor(int live, long started, long failedToStart, long rejected,
		Map<String, SubprocessDescriptor> subprocesses,
		List<SubprocessDescriptor> recent) implements OperationResponseBody {

}
