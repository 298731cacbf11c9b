// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.spi.ReadinessPoll;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * A poll that passes everything on to another one, for those that change some of it.
 */
public abstract class PassingPoll implements ReadinessPoll {

	private final ReadinessPoll poll;

	protected PassingPoll(ReadinessPoll poll) {
		this.poll = poll;
	}

	@Override
	public void add(int descriptor, long token, Interest interest) throws SystemCallFailure {
		this.poll.add(descriptor, token, interest);
	}

	@Override
	public void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure {
		this.poll.rearm(descriptor, token, interest);
	}

	@Override
	public void remove(int descriptor) {
		this.poll.remove(descriptor);
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
	public void wakeUp() {
		this.poll.wakeUp();
	}

	@Override
	public void close() {
		this.poll.close();
	}

}
