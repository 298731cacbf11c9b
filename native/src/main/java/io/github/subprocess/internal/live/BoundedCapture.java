// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

import io.github.subprocess.CapturedOutput;

/**
 * Keeps the beginning and the end of a stream of bytes, and counts what it drops between.
 * Uses memory for what it keeps, not for what it may keep. Not safe for use by several
 * threads.
 */
final class BoundedCapture {

	private static final int CHUNK_SIZE = 8 * 1024;

	/**
	 * Most processes write a line or nothing.
	 */
	private static final int FIRST_CHUNK_SIZE = 512;

	private final long headLimit;

	private final long tailLimit;

	private final Chunks head = new Chunks();

	private final Chunks tail = new Chunks();

	private long dropped;

	BoundedCapture(long maxBytes) {
		this.tailLimit = maxBytes / 2;
		this.headLimit = maxBytes - this.tailLimit;
	}

	/**
	 * Take all bytes of a buffer.
	 * @param bytes where they are; its position moves to its limit
	 */
	void append(ByteBuffer bytes) {
		this.head.append(bytes, (int) Math.min(bytes.remaining(), this.headLimit - this.head.size));
		if (this.tailLimit == 0) {
			this.dropped += bytes.remaining();
			bytes.position(bytes.limit());
			return;
		}
		this.tail.append(bytes, bytes.remaining());
		this.dropped += this.tail.dropWholeChunks(this.tailLimit);
	}

	/**
	 * Return what has been kept.
	 * @param complete whether the stream was read to its end
	 * @return a copy
	 */
	CapturedOutput toOutput(boolean complete) {
		long surplus = Math.max(0, this.tail.size - this.tailLimit);
		byte[] head = this.head.toArray(0);
		byte[] tail = this.tail.toArray((int) surplus);
		long missing = this.dropped + surplus;
		return new CapturedOutput(head, tail, missing + head.length + tail.length, missing > 0, complete);
	}

	/**
	 * Return the end of what has been kept, without a copy of the rest.
	 * @param maxBytes how much of it
	 */
	CapturedOutput toTail(int maxBytes) {
		long total = this.dropped + this.head.size + this.tail.size;
		long surplus = Math.max(0, this.tail.size - this.tailLimit);
		boolean gap = this.dropped + surplus > 0;
		byte[] end = this.tail.toArray((int) Math.max(surplus, this.tail.size - maxBytes));
		byte[] before = this.head.toArray((int) Math.max(0, this.head.size - (maxBytes - end.length)));
		return new CapturedOutput(before, end, total, gap, false).last(maxBytes);
	}

	/**
	 * A list of bytes that grows at its end and shrinks at its beginning.
	 */
	private static final class Chunks {

		private final Deque<ByteBuffer> chunks = new ArrayDeque<>();

		private long size;

		void append(ByteBuffer bytes, int count) {
			int left = count;
			while (left > 0) {
				ByteBuffer last = this.chunks.peekLast();
				if (last == null || !last.hasRemaining()) {
					last = ByteBuffer.allocate((last != null) ? CHUNK_SIZE : FIRST_CHUNK_SIZE);
					this.chunks.addLast(last);
				}
				int length = Math.min(left, last.remaining());
				last.put(last.position(), bytes, bytes.position(), length);
				last.position(last.position() + length);
				bytes.position(bytes.position() + length);
				left -= length;
			}
			this.size += count;
		}

		long dropWholeChunks(long keep) {
			long freed = 0;
			ByteBuffer first = this.chunks.peekFirst();
			while (first != null && this.size - first.capacity() >= keep) {
				this.chunks.removeFirst();
				this.size -= first.capacity();
				freed += first.capacity();
				first = this.chunks.peekFirst();
			}
			return freed;
		}

		byte[] toArray(int skip) {
			byte[] array = new byte[(int) this.size - skip];
			int left = skip;
			int at = 0;
			for (ByteBuffer chunk : this.chunks) {
				int from = Math.min(left, chunk.position());
				int length = chunk.position() - from;
				chunk.get(from, array, at, length);
				left -= from;
				at += length;
			}
			return array;
		}

	}

}
