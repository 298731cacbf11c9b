// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Strings as C wants them: a table of addresses that ends with a null one, and the bytes
 * behind it.
 */
final class StringTable implements AutoCloseable {

	private final NativeBlock block;

	StringTable(List<String> strings) {
		byte[][] encoded = new byte[strings.size()][];
		int stringsAt = Long.BYTES * (strings.size() + 1);
		int size = stringsAt;
		for (int i = 0; i < encoded.length; i++) {
			encoded[i] = strings.get(i).getBytes(StandardCharsets.UTF_8);
			size = Math.addExact(size, encoded[i].length + 1);
		}
		this.block = new NativeBlock(size);
		ByteBuffer copy = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
		for (byte[] string : encoded) {
			copy.putLong(this.block.address() + stringsAt);
			copy.put(stringsAt, string);
			stringsAt += string.length + 1;
		}
		this.block.putBytes(0, copy.array(), size);
		Arrays.fill(copy.array(), (byte) 0);
	}

	long address() {
		return this.block.address();
	}

	@Override
	public void close() {
		this.block.close();
	}

}
