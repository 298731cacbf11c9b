// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import org.testcontainers.containers.startupcheck.StartupCheckStrategy;

/**
 * A container is ready for us when it has ended, whatever came of it.
 */
final class Ended extends StartupCheckStrategy {

	@Override
	public StartupStatus checkStartupState(DockerClient client, String id) {
		ContainerState state = getCurrentState(client, id);
		boolean ended = state.getStartedAt() != null && !Boolean.TRUE.equals(state.getRunning())
				&& "exited".equals(state.getStatus());
		return ended ? StartupStatus.SUCCESSFUL : StartupStatus.NOT_YET_KNOWN;
	}

}
