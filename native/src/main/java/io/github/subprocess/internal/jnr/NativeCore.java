// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.kenai.jffi.Library;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.SandboxSupport;
import jnr.ffi.LibraryLoader;
import org.jspecify.annotations.Nullable;

/**
 * The native core, loaded: either a file that was named, and then nothing else, or the
 * build for this platform from the jar. What the machine can do has been tried then.
 *
 * @param functions its functions
 * @param capabilities what {@code subprocess_probe} has found: memory and descriptor
 * table can really be shared with a child
 * @param sandbox what the kernel has of sandboxes
 */
record NativeCore(CoreFunctions functions, int capabilities, SandboxSupport sandbox) {

	/**
	 * The version of the ABI that this side speaks ({@code SUBPROCESS_ABI}).
	 */
	static final int ABI = 1;

	private static final int SANDBOX_LANDLOCK = 0xffff;

	private static final int SANDBOX_SECCOMP = 1 << 16;

	static boolean isBuiltForThisPlatform() {
		return Bundled.resource() != null;
	}

	static NativeCore load(@Nullable Path explicit) {
		CoreFunctions functions = handshake((explicit != null) ? loadExplicit(explicit) : Bundled.load(), explicit);
		// without processes to be had nothing can be tried, and nothing is relied on
		return new NativeCore(functions, Math.max(0, functions.subprocess_probe()),
				support(functions.subprocess_sandbox(), System.getProperty("os.arch", "")));
	}

	private static SandboxSupport support(int found, String osArch) {
		return new SandboxSupport(found & SANDBOX_LANDLOCK,
				(found & SANDBOX_SECCOMP) != 0 && FilterArchitecture.of(osArch) != null);
	}

	private static CoreFunctions loadExplicit(Path path) {
		if (!Files.isReadable(path)) {
			throw new NativeCoreUnavailableException("The native core '" + path + "' cannot be read",
					"Name an existing file, or none to use the one in the jar.", null);
		}
		try {
			return link(path);
		}
		catch (UnsatisfiedLinkError ex) {
			throw new NativeCoreUnavailableException(
					"The native core '" + path + "' cannot be loaded: " + ex.getMessage(),
					"Name a build for this platform, or none to use the one in the jar.", ex);
		}
	}

	private static CoreFunctions link(Path path) {
		// JNR tries other names than this one, and reports the failure of the last
		if (Library.openLibrary(path.toAbsolutePath().toString(), Library.NOW | Library.LOCAL) == null) {
			throw new UnsatisfiedLinkError(Library.getLastError());
		}
		return LibraryLoader.create(CoreFunctions.class).failImmediately().load(path.toAbsolutePath().toString());
	}

	private static CoreFunctions handshake(CoreFunctions functions, @Nullable Path explicit) {
		int abi;
		try {
			abi = functions.subprocess_abi();
		}
		catch (UnsatisfiedLinkError ex) {
			throw new NativeCoreUnavailableException("'" + explicit + "' is a shared library, but not the native core",
					"Name a build of libsubprocess.so, or none to use the one in the jar.", ex);
		}
		if (abi != ABI) {
			throw new NativeCoreUnavailableException(
					"The native core speaks version " + abi + " of the ABI, this library version " + ABI,
					(explicit != null) ? "Use a native core and a jar of the same release."
							: "Look for two releases of subprocess-native on the class path.",
					null);
		}
		return functions;
	}

	/**
	 * The build from the jar, loaded once for all launchers.
	 */
	private static final class Bundled {

		private static @Nullable CoreFunctions functions;

		private Bundled() {
		}

		static @Nullable String resource() {
			return NativeLibraryName.resource(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
		}

		static synchronized CoreFunctions load() {
			if (functions == null) {
				functions = extractAndLink();
			}
			return functions;
		}

		private static CoreFunctions extractAndLink() {
			String resource = resource();
			if (resource == null) {
				throw new NativeCoreUnavailableException("There is no native core for this platform",
						"Run on Linux on x86_64 or aarch64, or name a build of your own.", null);
			}
			Path extracted = extract(resource);
			try {
				return link(extracted);
			}
			catch (UnsatisfiedLinkError ex) {
				throw new NativeCoreUnavailableException(
						"The native core cannot be loaded from '" + extracted + "': " + ex.getMessage(),
						"If the directory is mounted noexec, set the system property java.io.tmpdir to one that is "
								+ "not, or install libsubprocess.so and name it as the native library.",
						ex);
			}
			finally {
				// once mapped, the file is not needed any more
				Extraction.delete(extracted);
			}
		}

		private static Path extract(String resource) {
			try {
				return Extraction.extract(resource, "libsubprocess", ".so",
						PosixFilePermissions.fromString("rw-------"));
			}
			catch (IOException ex) {
				throw new NativeCoreUnavailableException(
						"The native core cannot be extracted to '" + System.getProperty("java.io.tmpdir") + "': " + ex,
						"Set the system property java.io.tmpdir to a directory that can be written, or install "
								+ "libsubprocess.so and name it as the native library.",
						ex);
			}
		}

	}

}
