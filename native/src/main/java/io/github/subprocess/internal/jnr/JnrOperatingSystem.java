// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.file.Path;

import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * The operating system through JNR-FFI: births by the native core, descriptors by libc.
 */
public final class JnrOperatingSystem implements OperatingSystem {

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final Spawner spawner;

	private final DescriptorIo descriptors;

	private JnrOperatingSystem(CoreFunctions core, LibcFunctions libc) {
		this.libc = libc;
		this.runtime = Runtime.getRuntime(libc);
		this.spawner = new JnrSpawner(core, libc);
		this.descriptors = new JnrDescriptorIo(libc, this.runtime);
	}

	/**
	 * Load what is needed.
	 * @param nativeLibrary the native core, or {@code null} for the one in the jar
	 * @return the operating system
	 * @throws NativeCoreUnavailableException if it cannot be used here
	 */
	public static OperatingSystem load(@Nullable Path nativeLibrary) {
		try {
			return new JnrOperatingSystem(NativeCore.load(nativeLibrary), Libc.FUNCTIONS);
		}
		catch (LinkageError ex) {
			throw new NativeCoreUnavailableException("JNR-FFI cannot be used here: " + ex,
					"Look whether jnr-ffi and jffi with its native part are on the class path in the versions that "
							+ "subprocess-native names, and whether the JVM denies native access.",
					ex);
		}
	}

	@Override
	public Spawner spawner() {
		return this.spawner;
	}

	@Override
	public DescriptorIo descriptors() {
		return this.descriptors;
	}

	@Override
	public ReadinessPoll newPoll() throws SystemCallFailure {
		return new EpollReadinessPoll(this.libc, this.runtime);
	}

	/**
	 * Loaded once.
	 */
	private static final class Libc {

		static final LibcFunctions FUNCTIONS = LibraryLoader.create(LibcFunctions.class).load("c");

	}

}
