// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.charset.Charset;

/**
 * What a process wrote to one of its streams: all of it, or, where there was more than
 * its policy allows, the beginning and the end of it and the number of bytes between.
 *
 * @param head the beginning; all of it when nothing was dropped
 * @param tail the end; empty when nothing was dropped
 * @param droppedBytes how many bytes between head and tail were read and thrown away
 * @param complete whether the stream was read to its end; {@code false} when another
 * process still held it open when the drain timeout passed
 * @since 0.1.0
 */
@SuppressWarnings("ArrayRecordComponent")
public record CapturedOutput(byte[] head, byte[] tail, long droppedBytes, boolean complete) {

	/**
	 * Nothing was captured.
	 */
	public static final CapturedOutput NONE = new CapturedOutput(new byte[0], new byte[0], 0, true);

	/**
	 * Return the number of bytes that the process wrote.
	 * @return the bytes kept and dropped
	 */
	public long totalBytes() {
		return this.head.length + this.tail.length + this.droppedBytes;
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
		if (this.droppedBytes == 0) {
			return new String(bytes(), charset);
		}
		return new String(this.head, charset) + "\n[... " + this.droppedBytes + " bytes dropped ...]\n"
				+ new String(this.tail, charset);
	}

}
