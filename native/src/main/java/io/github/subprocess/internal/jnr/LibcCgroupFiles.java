// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import io.github.subprocess.spi.CgroupFiles;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.ffi.Runtime;

/**
 * {@link CgroupFiles} over libc.
 */
final class LibcCgroupFiles implements CgroupFiles {

	private static final int O_WRONLY = 01;

	private static final int O_CLOEXEC = 02000000;

	private static final int DIRECTORY_MODE = 0755;

	private final LibcFunctions libc;

	private final Runtime runtime;

	LibcCgroupFiles(LibcFunctions libc, Runtime runtime) {
		this.libc = libc;
		this.runtime = runtime;
	}

	@Override
	public void make(Path directory) throws SystemCallFailure {
		check("mkdir", this.libc.mkdir(NativeText.terminated(directory.toString()), DIRECTORY_MODE));
	}

	@Override
	public void write(Path file, String text) throws SystemCallFailure {
		int descriptor = (int) check("open",
				this.libc.open(NativeText.terminated(file.toString()), O_WRONLY | O_CLOEXEC, 0));
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		try (NativeBlock block = new NativeBlock(bytes.length)) {
			block.putBytes(0, bytes, bytes.length);
			check("write", this.libc.write(descriptor, block.address(), bytes.length));
		}
		finally {
			this.libc.close(descriptor);
		}
	}

	@Override
	public void remove(Path directory) throws SystemCallFailure {
		check("rmdir", this.libc.rmdir(NativeText.terminated(directory.toString())));
	}

	private long check(String call, long result) throws SystemCallFailure {
		if (result < 0) {
			throw Errors.systemCall(call, this.runtime.getLastError());
		}
		return result;
	}

}
