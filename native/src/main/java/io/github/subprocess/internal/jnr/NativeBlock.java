// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import com.kenai.jffi.MemoryIO;

/**
 * A block of native memory with a clear end of life: wiped and freed by {@link #close()}.
 */
final class NativeBlock implements AutoCloseable {

	private static final MemoryIO MEMORY = MemoryIO.getInstance();

	private final long address;

	private final long size;

	NativeBlock(long size) {
		this.size = size;
		this.address = MEMORY.allocateMemory(size, true);
		if (this.address == 0) {
			throw new OutOfMemoryError("Cannot allocate " + size + " bytes of native memory");
		}
	}

	long address() {
		return this.address;
	}

	int getInt(long offset) {
		return MEMORY.getInt(this.address + offset);
	}

	long getLong(long offset) {
		return MEMORY.getLong(this.address + offset);
	}

	void putInt(long offset, int value) {
		MEMORY.putInt(this.address + offset, value);
	}

	void putLong(long offset, long value) {
		MEMORY.putLong(this.address + offset, value);
	}

	void putBytes(long offset, byte[] bytes, int length) {
		MEMORY.putByteArray(this.address + offset, bytes, 0, length);
	}

	@Override
	public void close() {
		MEMORY.setMemory(this.address, this.size, (byte) 0);
		MEMORY.freeMemory(this.address);
	}

}
