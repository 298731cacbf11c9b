// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.internal.admission.Admission;
import io.github.subprocess.internal.jnr.JnrOperatingSystem;
import io.github.subprocess.internal.live.LiveProcessRegistry;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.OtherProcesses;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import org.jspecify.annotations.Nullable;

/**
 * The real operating system, but for births, which a test shapes.
 */
class SpecialSystem implements OperatingSystem, Spawner {

	private final OperatingSystem system = JnrOperatingSystem.load(null);

	ProcessLauncher launcher(ProcessPolicy policy) {
		Admission admission = new Admission(ConcurrencyPolicy.undecided(), Map.of());
		return new DefaultProcessLauncher(policy.orElse(ProcessPolicy.defaults()), Map.of(),
				new EngineStart(() -> Engine.over(this, null, false)), admission,
				new LiveProcessRegistry(0, 0, admission), new Listeners(List.of()), new Interceptors(List.of()),
				ApplicationExecutor.ofOurOwn());
	}

	@Override
	public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		return this.system.spawner().spawn(plan);
	}

	@Override
	public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
		return this.system.spawner().poll(pidfd, reap);
	}

	@Override
	public void signal(int pidfd, int signal) throws SystemCallFailure {
		this.system.spawner().signal(pidfd, signal);
	}

	@Override
	public void signalGroup(int group, int signal) throws SystemCallFailure {
		this.system.spawner().signalGroup(group, signal);
	}

	@Override
	public int countGroupMembers(int group) throws SystemCallFailure {
		return this.system.spawner().countGroupMembers(group);
	}

	@Override
	public Duration groupCpuTime(int group) throws SystemCallFailure {
		return this.system.spawner().groupCpuTime(group);
	}

	@Override
	public Spawner spawner() {
		return this;
	}

	@Override
	public LaunchPlatform platform() {
		return this.system.platform();
	}

	@Override
	public DescriptorIo descriptors() {
		return this.system.descriptors();
	}

	@Override
	public UserDatabase users() {
		return this.system.users();
	}

	@Override
	public OtherProcesses others() {
		return this.system.others();
	}

	@Override
	public CgroupFiles cgroups() {
		return this.system.cgroups();
	}

	@Override
	public ReadinessPoll newPoll() throws SystemCallFailure {
		return this.system.newPoll();
	}

}
