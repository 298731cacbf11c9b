// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.TerminationReason;

/**
 * A registry that holds what a test puts into it.
 */
class FakeProcessRegistry implements ProcessRegistry {

	final List<ProcessSnapshot> live = new ArrayList<>();

	final List<ProcessSnapshot> recent = new ArrayList<>();

	final List<String> terminated = new ArrayList<>();

	@Override
	public List<ProcessSnapshot> live() {
		return this.live;
	}

	@Override
	public List<ProcessSnapshot> recent() {
		return this.recent;
	}

	@Override
	public Optional<ProcessSnapshot> find(String id) {
		return Stream.concat(this.live.stream(), this.recent.stream())
			.filter((process) -> process.id().equals(id))
			.findFirst();
	}

	@Override
	public int liveCount(String policy) {
		return (int) this.live.stream().filter((process) -> process.policy().equals(policy)).count();
	}

	@Override
	public long started() {
		return 1542;
	}

	@Override
	public long failedToStart() {
		return 3;
	}

	@Override
	public int limit(String policy) {
		return 0;
	}

	@Override
	public int waiting(String policy) {
		return 0;
	}

	@Override
	public long rejected() {
		return 0;
	}

	@Override
	public boolean terminate(String id, TerminationReason reason) {
		boolean found = this.live.stream().anyMatch((process) -> process.id().equals(id));
		if (found) {
			this.terminated.add(id + " " + reason);
		}
		return found;
	}

}
