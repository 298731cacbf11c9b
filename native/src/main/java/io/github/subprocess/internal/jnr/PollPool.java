// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayDeque;
import java.util.Deque;

import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;

/**
 * Keeps a few polls for the next ones who ask: to make one and to close it costs five
 * system calls, and a thread that runs one short program after the other wants one for
 * each.
 */
final class PollPool implements AutoCloseable {

	private static final int MOST_IDLE = 16;

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final Deque<EpollReadinessPoll> idle = new ArrayDeque<>();

	private boolean closed;

	PollPool(LibcFunctions libc, Runtime runtime) {
		this.libc = libc;
		this.runtime = runtime;
	}

	ReadinessPoll lend() throws SystemCallFailure {
		EpollReadinessPoll poll;
		synchronized (this.idle) {
			poll = this.idle.pollLast();
		}
		return new LentPoll((poll != null) ? poll : new EpollReadinessPoll(this.libc, this.runtime));
	}

	private void giveBack(EpollReadinessPoll poll) {
		synchronized (this.idle) {
			if (!this.closed && this.idle.size() < MOST_IDLE) {
				this.idle.addLast(poll);
				return;
			}
		}
		poll.close();
	}

	/**
	 * Keep none any more, neither of those that are lent.
	 */
	@Override
	public void close() {
		synchronized (this.idle) {
			this.closed = true;
			this.idle.forEach(EpollReadinessPoll::close);
			this.idle.clear();
		}
	}

	/**
	 * A poll for one user, which is dead for him once he has closed it. What he still
	 * watches then must not be reported to the next one: such a poll is not reused.
	 */
	private final class LentPoll implements ReadinessPoll {

		private final EpollReadinessPoll poll;

		private int watched;

		private boolean closed;

		LentPoll(EpollReadinessPoll poll) {
			this.poll = poll;
		}

		@Override
		public synchronized void add(int descriptor, long token, Interest interest) throws SystemCallFailure {
			checkOpen();
			this.poll.add(descriptor, token, interest);
			this.watched++;
		}

		@Override
		public synchronized void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure {
			checkOpen();
			this.poll.rearm(descriptor, token, interest);
		}

		private void checkOpen() throws SystemCallFailure {
			if (this.closed) {
				throw Errors.systemCall("epoll_ctl", Errno.EBADF.intValue());
			}
		}

		@Override
		public synchronized void remove(int descriptor) {
			if (!this.closed && this.poll.forget(descriptor)) {
				this.watched--;
			}
		}

		@Override
		public void await(int timeoutMillis, TokenConsumer ready) throws SystemCallFailure {
			this.poll.await(timeoutMillis, ready);
		}

		@Override
		public int descriptor() {
			return this.poll.descriptor();
		}

		@Override
		public synchronized void wakeUp() {
			if (!this.closed) {
				this.poll.wakeUp();
			}
		}

		@Override
		public synchronized void close() {
			if (this.closed) {
				return;
			}
			this.closed = true;
			if (this.watched == 0) {
				giveBack(this.poll);
			}
			else {
				this.poll.close();
			}
		}

	}

}
