// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.github.subprocess.CapturedOutput;
import org.jspecify.annotations.Nullable;

/**
 * Follows one stream of a process from look to look. A character that is cut in two by a
 * look waits for its other half. Not safe for use by many threads.
 */
final class OutputFollower {

	private final String stream;

	private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
		.onMalformedInput(CodingErrorAction.REPLACE)
		.onUnmappableCharacter(CodingErrorAction.REPLACE);

	private byte[] undecoded = new byte[0];

	private long position;

	/**
	 * Create a follower.
	 * @param stream the name of the stream
	 * @param position how many bytes of it have been seen, 0 or more
	 */
	OutputFollower(String stream, long position) {
		this.stream = stream;
		this.position = position;
	}

	/**
	 * Return how many bytes have been seen, and can be shown: half a character cannot.
	 */
	long position() {
		return this.position - this.undecoded.length;
	}

	/**
	 * Take what is new.
	 * @param tail the end of the stream as it is now
	 * @return what had not been seen, or {@code null} if there is nothing to show
	 */
	@Nullable OutputChunk next(CapturedOutput tail) {
		long unseen = tail.totalBytes() - this.position;
		if (unseen <= 0) {
			return null;
		}
		byte[] kept = tail.bytes();
		int taken = (int) Math.min(unseen, kept.length);
		long skipped = unseen - taken;
		if (skipped > 0) {
			skipped += this.undecoded.length;
			this.undecoded = new byte[0];
		}
		this.position = tail.totalBytes();
		String text = decode(kept, kept.length - taken, taken);
		return (!text.isEmpty() || skipped > 0) ? new OutputChunk(this.stream, skipped, text) : null;
	}

	private String decode(byte[] bytes, int offset, int length) {
		ByteBuffer input = ByteBuffer.allocate(this.undecoded.length + length);
		input.put(this.undecoded).put(bytes, offset, length).flip();
		CharBuffer text = CharBuffer.allocate(input.remaining());
		this.decoder.reset().decode(input, text, false);
		this.undecoded = new byte[input.remaining()];
		input.get(this.undecoded);
		return text.flip().toString();
	}

}
