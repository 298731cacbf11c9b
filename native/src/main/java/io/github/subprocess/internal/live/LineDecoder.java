// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines of text, wherever the reads have cut them, and lines that are too
 * long into what is kept and a mark.
 */
final class LineDecoder implements Delivery {

	private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

	private static final int ROOM = 8192;

	private final CharsetDecoder decoder;

	private final int longest;

	private final Consumer<String> lines;

	private final CharBuffer chars = CharBuffer.allocate(ROOM);

	private final StringBuilder line = new StringBuilder();

	private ByteBuffer undecoded = NOTHING;

	private long missing;

	private boolean afterReturn;

	LineDecoder(Charset charset, int longest, Consumer<String> lines) {
		this.decoder = charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPLACE)
			.onUnmappableCharacter(CodingErrorAction.REPLACE);
		this.longest = longest;
		this.lines = lines;
	}

	@Override
	public void deliver(ByteBuffer bytes) {
		ByteBuffer source = joined(bytes);
		decode(source, false);
		this.undecoded = source.hasRemaining() ? source.slice() : NOTHING;
	}

	/**
	 * Put what is left of a character before its rest.
	 */
	private ByteBuffer joined(ByteBuffer bytes) {
		if (!this.undecoded.hasRemaining()) {
			return bytes;
		}
		return ByteBuffer.allocate(this.undecoded.remaining() + bytes.remaining())
			.put(this.undecoded)
			.put(bytes)
			.flip();
	}

	private void decode(ByteBuffer source, boolean last) {
		CoderResult result;
		do {
			result = this.decoder.decode(source, this.chars, last);
			cutIntoLines();
		}
		while (result.isOverflow());
	}

	@Override
	public void end() {
		decode(this.undecoded, true);
		while (this.decoder.flush(this.chars).isOverflow()) {
			cutIntoLines();
		}
		cutIntoLines();
		if (!this.line.isEmpty()) {
			endLine();
		}
	}

	private void cutIntoLines() {
		this.chars.flip();
		int begin = 0;
		for (int i = 0; i < this.chars.limit(); i++) {
			char c = this.chars.get(i);
			if (c == '\n' || c == '\r') {
				append(begin, i);
				if (c == '\r' || !this.afterReturn) {
					endLine();
				}
				begin = i + 1;
			}
			this.afterReturn = c == '\r';
		}
		append(begin, this.chars.limit());
		this.chars.clear();
	}

	private void append(int begin, int end) {
		int kept = Math.min(end - begin, this.longest - this.line.length());
		this.line.append(this.chars, begin, begin + kept);
		this.missing += end - begin - kept;
	}

	private void endLine() {
		if (this.missing > 0) {
			int last = this.line.length() - 1;
			if (Character.isHighSurrogate(this.line.charAt(last))) {
				this.line.setLength(last);
				this.missing++;
			}
			this.line.append(" [... ").append(this.missing).append(" characters cut ...]");
		}
		String whole = this.line.toString();
		this.line.setLength(0);
		if (this.line.capacity() > ROOM) {
			this.line.trimToSize();
		}
		this.missing = 0;
		this.lines.accept(whole);
	}

}
