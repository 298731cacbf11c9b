// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Set;

import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;

/**
 * {@link ReadinessPoll} over epoll(7), woken through an eventfd(2).
 */
final class EpollReadinessPoll implements ReadinessPoll {

	private static final System.Logger logger = System.getLogger(EpollReadinessPoll.class.getName());

	private static final int CLOEXEC = 02000000;

	private static final int NONBLOCK = 04000;

	private static final int CTL_ADD = 1;

	private static final int CTL_DEL = 2;

	private static final int CTL_MOD = 3;

	private static final int EPOLLIN = 0x1;

	private static final int EPOLLOUT = 0x4;

	private static final int EPOLLONESHOT = 1 << 30;

	private static final int BATCH = 256;

	private static final long WAKE_UP_TOKEN = -1;

	private static final int WAKE_UP_TRIES = 3;

	// the kernel packs struct epoll_event on x86_64 and nowhere else
	private static final boolean PACKED = Set.of("amd64", "x86_64").contains(System.getProperty("os.arch", ""));

	private static final int EVENT_SIZE = PACKED ? 12 : 16;

	private static final int DATA_OFFSET = PACKED ? 4 : 8;

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final NativeBlock events = new NativeBlock((long) BATCH * EVENT_SIZE);

	/**
	 * What is read from the eventfd, and the one that is written to it.
	 */
	private final NativeBlock counter = new NativeBlock(16);

	private final NativeBlock change = new NativeBlock(EVENT_SIZE);

	private final int poll;

	private final int wakeUp;

	private boolean closed;

	EpollReadinessPoll(LibcFunctions libc, Runtime runtime) throws SystemCallFailure {
		this.libc = libc;
		this.runtime = runtime;
		this.poll = libc.epoll_create1(CLOEXEC);
		SystemCallFailure failure = (this.poll < 0) ? failure("epoll_create1") : null;
		this.wakeUp = (failure == null) ? libc.eventfd(0, CLOEXEC | NONBLOCK) : -1;
		if (failure == null && this.wakeUp < 0) {
			failure = failure("eventfd");
		}
		if (failure != null) {
			close();
			throw failure;
		}
		try {
			control(CTL_ADD, this.wakeUp, WAKE_UP_TOKEN, EPOLLIN);
		}
		catch (SystemCallFailure ex) {
			close();
			throw ex;
		}
	}

	@Override
	public void add(int descriptor, long token, Interest interest) throws SystemCallFailure {
		control(CTL_ADD, descriptor, token, oneShot(interest));
	}

	@Override
	public void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure {
		control(CTL_MOD, descriptor, token, oneShot(interest));
	}

	private static int oneShot(Interest interest) {
		return EPOLLONESHOT | switch (interest) {
			case READ -> EPOLLIN;
			case WRITE -> EPOLLOUT;
			case HANG_UP -> 0;
		};
	}

	private synchronized void control(int operation, int descriptor, long token, int flags) throws SystemCallFailure {
		if (this.closed) {
			throw Errors.systemCall("epoll_ctl", Errno.EBADF.intValue());
		}
		this.change.putInt(0, flags);
		this.change.putLong(DATA_OFFSET, token);
		if (this.libc.epoll_ctl(this.poll, operation, descriptor, this.change.address()) < 0) {
			throw failure("epoll_ctl");
		}
	}

	@Override
	public synchronized void remove(int descriptor) {
		if (this.closed) {
			return;
		}
		// fails only if it was not watched, which is what the caller wants
		this.libc.epoll_ctl(this.poll, CTL_DEL, descriptor, this.events.address());
	}

	@Override
	public void await(int timeoutMillis, TokenConsumer ready) throws SystemCallFailure {
		int count = this.libc.epoll_wait(this.poll, this.events.address(), BATCH, timeoutMillis);
		if (count < 0) {
			if (this.runtime.getLastError() == Errno.EINTR.intValue()) {
				return;
			}
			throw failure("epoll_wait");
		}
		for (int i = 0; i < count; i++) {
			long token = this.events.getLong((long) i * EVENT_SIZE + DATA_OFFSET);
			if (token == WAKE_UP_TOKEN) {
				this.libc.read(this.wakeUp, this.counter.address(), 8);
			}
			else {
				ready.accept(token);
			}
		}
	}

	@Override
	public int descriptor() {
		return this.poll;
	}

	@Override
	public synchronized void wakeUp() {
		if (this.closed) {
			return;
		}
		this.counter.putLong(8, 1);
		boolean told = false;
		for (int tries = 0; !told && tries < WAKE_UP_TRIES; tries++) {
			// EAGAIN: it has been told more often than it can count
			told = this.libc.write(this.wakeUp, this.counter.address() + 8, 8) == 8
					|| this.runtime.getLastError() == Errno.EAGAIN.intValue();
		}
		if (!told) {
			logger.log(System.Logger.Level.ERROR,
					"A thread that waits for processes cannot be woken: " + failure("write").getMessage());
		}
	}

	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.closed = true;
		if (this.wakeUp >= 0) {
			this.libc.close(this.wakeUp);
		}
		if (this.poll >= 0) {
			this.libc.close(this.poll);
		}
		this.events.close();
		this.counter.close();
		this.change.close();
	}

	private SystemCallFailure failure(String call) {
		return Errors.systemCall(call, this.runtime.getLastError());
	}

}
