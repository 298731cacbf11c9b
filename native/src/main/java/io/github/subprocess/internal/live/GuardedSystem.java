// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.spi.BundledProgram;
import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.OtherProcesses;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;

/**
 * An operating system whose children do not outlive the JVM, however that ends.
 */
public final class GuardedSystem implements OperatingSystem {

	private final OperatingSystem system;

	private final Guardian guardian;

	private final Spawner spawner;

	/**
	 * Create a system whose guardian is started with the first child.
	 * @param system the operating system as it is
	 * @param reactor what watches the guardian
	 * @param program the guardian
	 */
	public GuardedSystem(OperatingSystem system, Reactor reactor, BundledProgram program) {
		this.system = system;
		this.guardian = new Guardian(system, reactor, program);
		this.spawner = new GuardedSpawner(system, this.guardian);
	}

	@Override
	public Spawner spawner() {
		return this.spawner;
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

	@Override
	public void close() {
		this.guardian.close();
		this.system.close();
	}

}
