// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

/**
 * Tells which of many descriptors are ready (epoll(7)). One thread waits; the other
 * methods may be called by any.
 *
 * @since 0.1.0
 */
public interface ReadinessPoll extends AutoCloseable {

	/**
	 * Watch a descriptor. It is reported once, and then not again before it has been
	 * {@linkplain #rearm rearmed}.
	 * @param descriptor what to watch
	 * @param token what to report
	 * @param interest what to watch it for
	 * @throws SystemCallFailure if the kernel refuses
	 */
	void add(int descriptor, long token, Interest interest) throws SystemCallFailure;

	/**
	 * Watch a descriptor again.
	 * @param descriptor what to watch
	 * @param token what to report
	 * @param interest what to watch it for
	 * @throws SystemCallFailure if the kernel refuses
	 */
	void rearm(int descriptor, long token, Interest interest) throws SystemCallFailure;

	/**
	 * Stop to watch a descriptor. To be called before it is closed: children that are
	 * being born hold copies of it, so that closing alone does not end the watch.
	 * @param descriptor what to forget
	 */
	void remove(int descriptor);

	/**
	 * Wait until descriptors are ready, {@link #wakeUp()} is called or time is up.
	 * @param timeoutMillis how long to wait; negative: as long as it takes
	 * @param ready takes the tokens of the ready descriptors
	 * @throws SystemCallFailure if the kernel refuses
	 */
	void await(int timeoutMillis, TokenConsumer ready) throws SystemCallFailure;

	/**
	 * Return what can be watched by another poll: readable when this one has something to
	 * tell.
	 * @return the descriptor of this poll
	 */
	int descriptor();

	/**
	 * Let the thread that waits, or will wait next, return. Does nothing once this is
	 * closed.
	 */
	void wakeUp();

	/**
	 * Release the descriptors of the poll itself. No thread may wait meanwhile; what
	 * other threads ask for later is refused or ignored, lest they reach a descriptor
	 * that has got the same number.
	 */
	@Override
	void close();

	/**
	 * What a descriptor is watched for. Errors and hang-ups are always reported.
	 */
	enum Interest {

		/**
		 * It can be read, or, a pidfd, its process has ended.
		 */
		READ,

		/**
		 * It can be written.
		 */
		WRITE,

		/**
		 * Nobody is at its other end any more.
		 */
		HANG_UP

	}

	/**
	 * Takes tokens.
	 */
	@FunctionalInterface
	interface TokenConsumer {

		/**
		 * Take the token of a ready descriptor.
		 * @param token the token
		 */
		void accept(long token);

	}

}
