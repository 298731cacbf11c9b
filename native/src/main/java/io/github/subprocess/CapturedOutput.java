// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * What a process wrote to one of its streams: all of it, or, where there was more than
 * its policy allows, the beginning and the end of it and the number of bytes between.
 *
 * @param head the beginning
 * @param tail the end; nothing is missing between the two when nothing was dropped
 * @param totalBytes how many bytes the process wrote
 * @param truncated whether bytes between head and tail were read and thrown away
 * @param complete whether the stream was read to its end and taken by all who were to
 * take it; {@code false} when another process still held it open, or application code was
 * still busy, when the drain deadline passed
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record CapturedOutput(byte[] head, byte[] tail, long totalBytes, boolean truncated, boolean complete) {

	/**
	 * Nothing was read by the JVM.
	 */
	public static final CapturedOutput NONE = new CapturedOutput(new byte[0], new byte[0], 0, false, true);

	/**
	 * Return how many bytes are not here.
	 * @return the number of bytes that were written and not kept
	 */
	public long droppedBytes() {
		return this.totalBytes - this.head.length - this.tail.length;
	}

	/**
	 * Return the end of what was written, as far as it was kept.
	 * @param maxBytes how much of it, 0 or more
	 * @return the same output, truncated before its end
	 */
	public CapturedOutput last(int maxBytes) {
		byte[] kept = this.truncated ? this.tail : bytes();
		byte[] end = Arrays.copyOfRange(kept, Math.max(0, kept.length - maxBytes), kept.length);
		return new CapturedOutput(new byte[0], end, this.totalBytes, end.length < this.totalBytes, this.complete);
	}

	/**
	 * Return the bytes that were kept, without a mark where some are missing.
	 * @return head and tail in a new array
	 */
	public byte[] bytes() {
		byte[] bytes = new byte[this.head.length + this.tail.length];
		System.arraycopy(this.head, 0, bytes, 0, this.head.length);
		System.arraycopy(this.tail, 0, bytes, this.head.length, this.tail.length);
		return bytes;
	}

	/**
	 * Decode what was kept; where bytes are missing a line says how many. Malformed input
	 * is replaced.
	 * @param charset how the bytes are to be read
	 * @return the text
	 */
	public String text(Charset charset) {
		if (!this.truncated) {
			return new String(bytes(), charset);
		}
		return new String(this.head, charset) + "\n[... " + droppedBytes() + " bytes dropped ...]\n"
				+ new String(this.tail, charset);
	}

}
