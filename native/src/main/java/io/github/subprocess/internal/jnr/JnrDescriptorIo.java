// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.file.Path;

import com.kenai.jffi.MemoryIO;
import io.github.subprocess.policy.TerminalMode;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * {@link DescriptorIo} over libc. The numbers of the flags are those of Linux, where
 * x86_64 and aarch64 agree on the ones used here.
 */
final class JnrDescriptorIo implements DescriptorIo {

	private static final int O_WRONLY = 01;

	private static final int O_CREAT = 0100;

	private static final int O_TRUNC = 01000;

	private static final int O_APPEND = 02000;

	private static final int O_NONBLOCK = 04000;

	private static final int O_NOFOLLOW = "aarch64".equals(System.getProperty("os.arch")) ? 0100000 : 0400000;

	private static final int O_PATH = 010000000;

	private static final int O_CLOEXEC = 02000000;

	private static final int F_SETFL = 4;

	private static final int F_SETPIPE_SZ = 1031;

	private static final int FILE_MODE = 0666;

	private static final int EINTR = Errno.EINTR.intValue();

	private static final int EAGAIN = Errno.EAGAIN.intValue();

	private static final MemoryIO MEMORY = MemoryIO.getInstance();

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final JnrTerminals terminals;

	private final int nullDevice;

	/**
	 * Create the calls.
	 * @param libc the functions of libc
	 * @param runtime tells the errno
	 * @param nullDevice is lent to children and never closed, negative: there is none
	 */
	JnrDescriptorIo(LibcFunctions libc, Runtime runtime, int nullDevice) {
		this.libc = libc;
		this.runtime = runtime;
		this.nullDevice = nullDevice;
		this.terminals = new JnrTerminals(libc, runtime);
	}

	@Override
	public Pipe pipe(boolean parentReads) throws SystemCallFailure {
		Connection ends = connection();
		Pipe pipe = parentReads ? new Pipe(ends.readingEnd(), ends.writingEnd())
				: new Pipe(ends.writingEnd(), ends.readingEnd());
		try {
			// the ends of a pipe have flags of their own, so the child's end still blocks
			changeFlags(pipe.parentEnd(), O_NONBLOCK);
		}
		catch (SystemCallFailure ex) {
			close(pipe.parentEnd());
			close(pipe.childEnd());
			throw ex;
		}
		return pipe;
	}

	@Override
	public Connection connection() throws SystemCallFailure {
		try (NativeBlock ends = new NativeBlock(8)) {
			check("pipe2", this.libc.pipe2(ends.address(), O_CLOEXEC));
			return new Connection(ends.getInt(4), ends.getInt(0));
		}
	}

	@Override
	public Terminal terminal(int rows, int columns, TerminalMode mode) throws SystemCallFailure {
		return this.terminals.open(rows, columns, mode);
	}

	@Override
	public void resizeTerminal(int descriptor, int rows, int columns) throws SystemCallFailure {
		this.terminals.resize(descriptor, rows, columns);
	}

	@Override
	public byte endOfTerminalInput(int descriptor) {
		return this.terminals.endOfInput(descriptor);
	}

	@Override
	public @Nullable Integer nullDevice() {
		return (this.nullDevice >= 0) ? this.nullDevice : null;
	}

	@Override
	public int openForReading(Path path) throws SystemCallFailure {
		return open(path, 0);
	}

	@Override
	public int openProgram(Path path) throws SystemCallFailure {
		byte[] terminated = NativeText.terminated(path.toString());
		return check("open", retry(() -> this.libc.open(terminated, O_PATH | O_NOFOLLOW | O_CLOEXEC, 0)));
	}

	@Override
	public int openForWriting(Path path, boolean append) throws SystemCallFailure {
		return open(path, O_WRONLY | O_CREAT | (append ? O_APPEND : O_TRUNC));
	}

	private int open(Path path, int flags) throws SystemCallFailure {
		byte[] terminated = NativeText.terminated(path.toString());
		// without O_NONBLOCK, opening a FIFO waits for somebody at its other end
		int descriptor = retry(() -> this.libc.open(terminated, flags | O_CLOEXEC | O_NONBLOCK, FILE_MODE));
		if (descriptor < 0) {
			throw failure("open");
		}
		try {
			changeFlags(descriptor, flags & O_APPEND);
		}
		catch (SystemCallFailure ex) {
			close(descriptor);
			throw ex;
		}
		return descriptor;
	}

	/**
	 * Set the flags of what has just been opened here, so that they are known without
	 * being asked for. Those of access and creation do not count (fcntl(2)).
	 */
	private void changeFlags(int descriptor, int flags) throws SystemCallFailure {
		check("fcntl", this.libc.fcntl(descriptor, F_SETFL, flags));
	}

	@Override
	public int read(int descriptor, ByteBuffer buffer) throws SystemCallFailure {
		long address = MEMORY.getDirectBufferAddress(buffer) + buffer.position();
		int count = retry(() -> (int) this.libc.read(descriptor, address, buffer.remaining()));
		return transferred("read", count, buffer);
	}

	@Override
	public int write(int descriptor, ByteBuffer buffer) throws SystemCallFailure {
		long address = MEMORY.getDirectBufferAddress(buffer) + buffer.position();
		int count = retry(() -> (int) this.libc.write(descriptor, address, buffer.remaining()));
		return transferred("write", count, buffer);
	}

	private int transferred(String call, int count, ByteBuffer buffer) throws SystemCallFailure {
		if (count >= 0) {
			buffer.position(buffer.position() + count);
			return count;
		}
		if (this.runtime.getLastError() == EAGAIN) {
			return WOULD_BLOCK;
		}
		throw failure(call);
	}

	@Override
	public void resizePipe(int descriptor, int bytes) {
		int size = bytes;
		boolean done = setPipeSize(descriptor, size);
		while (!done && size / 2 > PIPE_BYTES) {
			size /= 2;
			done = setPipeSize(descriptor, size);
		}
	}

	/**
	 * EPERM: too much for one pipe, or for all pipes of the user. EBUSY: it holds more
	 * than it is to hold.
	 */
	private boolean setPipeSize(int descriptor, int bytes) {
		return this.libc.fcntl(descriptor, F_SETPIPE_SZ, bytes) >= 0;
	}

	@Override
	public void close(int descriptor) {
		// not repeated after EINTR: Linux has closed it by then, and the number may be in
		// use again
		this.libc.close(descriptor);
	}

	private int retry(Call call) {
		int result;
		do {
			result = call.execute();
		}
		while (result < 0 && this.runtime.getLastError() == EINTR);
		return result;
	}

	private int check(String call, int result) throws SystemCallFailure {
		if (result < 0) {
			throw failure(call);
		}
		return result;
	}

	private SystemCallFailure failure(String call) {
		return Errors.systemCall(call, this.runtime.getLastError());
	}

	/**
	 * A system call that may be interrupted.
	 */
	@FunctionalInterface
	private interface Call {

		int execute();

	}

}
