// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * Keeps a few polls for the next ones who ask: to make one and to close it costs five
 * system calls, and a thread that runs one short program after the other wants one for
 * each.
 */
final class PollPool implements AutoCloseable {

	private static final int MOST_IDLE = 16;

	/**
	 * What is said of a poll that has been closed, in the words of the kernel.
	 */
	private static final int EBADF = 9;

	private final OperatingSystem system;

	private final Deque<ReadinessPoll> idle = new ArrayDeque<>();

	private boolean closed;

	/**
	 * Create a pool with one poll in it, if there is one to be had.
	 * @param system makes polls
	 */
	PollPool(OperatingSystem system) {
		this.system = system;
		try {
			this.idle.add(system.newPoll());
		}
		catch (SystemCallFailure ex) {
			// whoever wants one will be told
		}
	}

	/**
	 * Lend a poll, which comes back when it is closed.
	 * @return a poll that watches nothing
	 * @throws SystemCallFailure if there are no descriptors left
	 */
	ReadinessPoll lend() throws SystemCallFailure {
		ReadinessPoll poll;
		synchronized (this.idle) {
			poll = this.idle.pollLast();
		}
		return new LentPoll((poll != null) ? poll : this.system.newPoll());
	}

	private void giveBack(ReadinessPoll poll) {
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
			this.idle.forEach(ReadinessPoll::close);
			this.idle.clear();
		}
	}

	/**
	 * A poll for one user, which is dead for him once he has closed it. What he still
	 * watches then must not be reported to the next one: such a poll is not reused.
	 */
	private final class LentPoll implements ReadinessPoll {

		private final ReadinessPoll poll;

		private final Set<Integer> watched = new HashSet<>();

		private boolean closed;

		LentPoll(ReadinessPoll poll) {
			this.poll = poll;
		}

		@Override
		public synchronized void add(int descriptor, long token, Interest interest) throws SystemCallFailure {
			checkOpen();
			this.poll.add(descriptor, token, interest);
			this.watched.add(descriptor);
		}

		@Override
		public synchronized void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure {
			checkOpen();
			this.poll.rearm(descriptor, token, interest);
		}

		private void checkOpen() throws SystemCallFailure {
			if (this.closed) {
				throw new SystemCallFailure("epoll_ctl", EBADF, "EBADF", "Bad file descriptor");
			}
		}

		@Override
		public synchronized void remove(int descriptor) {
			if (!this.closed) {
				this.poll.remove(descriptor);
				this.watched.remove(descriptor);
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
			if (this.watched.isEmpty()) {
				giveBack(this.poll);
			}
			else {
				this.poll.close();
			}
		}

	}

}
