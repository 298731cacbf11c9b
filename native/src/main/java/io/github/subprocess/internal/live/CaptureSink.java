// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;

/**
 * Keeps what the policy allows. Always has room, so that the process never waits for it.
 */
final class CaptureSink implements OutputSink {

	private final BoundedCapture capture;

	CaptureSink(long maxBytes) {
		this.capture = new BoundedCapture(maxBytes);
	}

	@Override
	public void begin(OutputReader reader) {
		// nobody has to hear of changes: there are none
	}

	@Override
	public boolean hasRoom() {
		return true;
	}

	@Override
	public void take(ByteBuffer bytes) {
		this.capture.append(bytes);
	}

	@Override
	public void end() {
		// what is kept is asked for
	}

	@Override
	public void abandon() {
		// what is kept stays
	}

	@Override
	public boolean wantsMore() {
		return true;
	}

	@Override
	public boolean isDone() {
		return true;
	}

	BoundedCapture capture() {
		return this.capture;
	}

}
