// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.file.Path;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.OtherProcesses;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * The operating system through JNR-FFI: births by the native core, or by the C library
 * where there is no build of it; descriptors by the C library.
 */
public final class JnrOperatingSystem implements OperatingSystem {

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final Spawner spawner;

	private final DescriptorIo descriptors;

	private final UserDatabase users;

	private final LaunchPlatform platform;

	private final OtherProcesses others;

	private final CgroupFiles cgroups;

	private JnrOperatingSystem(LibcFunctions libc, Spawner spawner, SpawnMechanism mechanism, SandboxSupport sandbox,
			int coreAbi) {
		Runtime runtime = Runtime.getRuntime(libc);
		this.libc = libc;
		this.runtime = runtime;
		this.spawner = spawner;
		this.descriptors = new JnrDescriptorIo(libc, runtime, Libc.ROOM.nullDevice());
		this.users = new LibcUserDatabase(libc, runtime);
		this.platform = new LaunchPlatform(mechanism, LibcChildren.hasPidfds(libc), sandbox,
				KernelProbe.probe(libc, runtime), coreAbi, CoreVersion.read());
		this.others = new LibcOtherProcesses(libc, runtime);
		this.cgroups = new LibcCgroupFiles(libc, runtime);
	}

	/**
	 * Load what is needed.
	 * @param nativeLibrary the native core, or {@code null} for the one in the jar
	 * @return the operating system
	 * @throws NativeCoreUnavailableException if it cannot be used here
	 */
	public static OperatingSystem load(@Nullable Path nativeLibrary) {
		try {
			if (nativeLibrary == null && !NativeCore.isBuiltForThisPlatform()) {
				return new JnrOperatingSystem(Libc.FUNCTIONS, PosixSpawn.SPAWNER, SpawnMechanism.POSIX_SPAWN,
						SandboxSupport.none(), 0);
			}
			NativeCore core = NativeCore.load(nativeLibrary);
			JnrSpawner spawner = new JnrSpawner(core, Libc.FUNCTIONS, Libc.ROOM, () -> PosixSpawn.SPAWNER);
			return new JnrOperatingSystem(Libc.FUNCTIONS, spawner, spawner.defaultMechanism(), core.sandbox(),
					NativeCore.ABI);
		}
		catch (LinkageError ex) {
			throw new NativeCoreUnavailableException("JNR-FFI cannot be used here: " + ex,
					"Look whether jnr-ffi and jffi with its native part are on the class path in the versions that "
							+ "subprocess-native names, and whether the JVM denies native access.",
					ex);
		}
	}

	/**
	 * Tell why nothing can be launched here with what the jar holds.
	 * @return reason and remedy, {@code null} where it can
	 */
	public static @Nullable NativeCoreUnavailableException unavailabilityCause() {
		try {
			load(null);
			return null;
		}
		catch (NativeCoreUnavailableException ex) {
			return ex;
		}
	}

	@Override
	public Spawner spawner() {
		return this.spawner;
	}

	@Override
	public LaunchPlatform platform() {
		return this.platform;
	}

	@Override
	public DescriptorIo descriptors() {
		return this.descriptors;
	}

	@Override
	public UserDatabase users() {
		return this.users;
	}

	@Override
	public OtherProcesses others() {
		return this.others;
	}

	@Override
	public CgroupFiles cgroups() {
		return this.cgroups;
	}

	@Override
	public ReadinessPoll newPoll() throws SystemCallFailure {
		return new EpollReadinessPoll(this.libc, this.runtime);
	}

	/**
	 * Loaded once, and where there is a native core only when a policy asks for it.
	 */
	private static final class PosixSpawn {

		static final Spawner SPAWNER = new PosixSpawnSpawner(Libc.FUNCTIONS);

	}

	/**
	 * Loaded once.
	 */
	private static final class Libc {

		static final LibcFunctions FUNCTIONS = LibraryLoader.create(LibcFunctions.class).load("c");

		static final DescriptorRoom ROOM = DescriptorRoom.reserve(FUNCTIONS);

	}

}
