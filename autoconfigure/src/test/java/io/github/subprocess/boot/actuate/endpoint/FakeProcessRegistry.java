// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.subprocess.LiveProcessUsage;
import io.github.subprocess.CgroupFigures;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.TerminationReason;
import io.github.subprocess.policy.ProcessPolicy;

/**
 * A registry that holds what a test puts into it.
 */
class FakeProcessRegistry implements ProcessRegistry {

	final List<ProcessSnapshot> live = new ArrayList<>();

	final List<ProcessSnapshot> recent = new ArrayList<>();

	final List<String> terminated = new ArrayList<>();

	final List<String> killed = new ArrayList<>();

	final List<String> signalled = new ArrayList<>();

	Function<ProcessSnapshot, ProcessInspection> inspection = (process) -> Snapshots.inspected(process,
			ProcessPolicy.undecided());

	@Override
	public List<ProcessSnapshot> live() {
		return this.live;
	}

	@Override
	public List<LiveProcessUsage> usage() {
		return this.live.stream().map((process) -> new LiveProcessUsage(process, 1, 4096, null)).toList();
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
	public Duration blocked(String policy) {
		return Duration.ZERO;
	}

	@Override
	public long rejected() {
		return 0;
	}

	@Override
	public boolean terminate(String id, TerminationReason reason) {
		boolean found = isLive(id);
		if (found) {
			this.terminated.add(id + " " + reason);
		}
		return found;
	}

	@Override
	public boolean kill(String id, TerminationReason reason) {
		boolean found = isLive(id);
		if (found) {
			this.killed.add(id + " " + reason);
		}
		return found;
	}

	@Override
	public boolean signal(String id, ProcessSignal signal) {
		boolean found = isLive(id);
		if (found) {
			this.signalled.add(id + " " + signal);
		}
		return found;
	}

	@Override
	public List<CgroupFigures> cgroups(String policy) {
		return List.of();
	}

	@Override
	public Optional<ProcessInspection> inspect(String id, int tailBytes) {
		return find(id).map((process) -> this.inspection.apply(process));
	}

	private boolean isLive(String id) {
		return this.live.stream().anyMatch((process) -> process.id().equals(id));
	}

}
