// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

import io.github.subprocess.CapturedOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Head and tail are kept exactly, whatever the pieces.
 */
class BoundedCaptureTests {

	@ParameterizedTest
	@CsvSource({ "0, 0", "0, 5", "1, 0", "1, 5", "7, 7", "7, 8", "7, 100000", "1000, 999", "1000, 1000", "1000, 1001",
			"20000, 19999", "20000, 20001", "20000, 500000", "16384, 16384", "16384, 24576", "100000, 3000000" })
	void keepsBeginningAndEnd(int maxBytes, int length) {
		Random random = new Random(31L * maxBytes + length);
		byte[] bytes = new byte[length];
		random.nextBytes(bytes);
		BoundedCapture capture = new BoundedCapture(maxBytes);
		for (int at = 0; at < length;) {
			int piece = Math.min(length - at, 1 + random.nextInt(9000));
			capture.append(ByteBuffer.wrap(bytes, at, piece));
			at += piece;
		}
		CapturedOutput output = capture.toOutput(true);
		assertThat(output.totalBytes()).isEqualTo(length);
		assertThat(output.droppedBytes()).isEqualTo(Math.max(0, length - maxBytes));
		assertThat(output.truncated()).isEqualTo(length > maxBytes);
		ByteArrayOutputStream expected = new ByteArrayOutputStream();
		if (length <= maxBytes) {
			expected.writeBytes(bytes);
		}
		else {
			int tail = maxBytes / 2;
			expected.writeBytes(Arrays.copyOf(bytes, maxBytes - tail));
			expected.writeBytes(Arrays.copyOfRange(bytes, length - tail, length));
		}
		assertThat(output.bytes()).isEqualTo(expected.toByteArray());
	}

	@Test
	void shortEndOfWhatFillsManyChunksIsCopied() {
		BoundedCapture capture = new BoundedCapture(1 << 20);
		byte[] bytes = new byte[100_000];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i % 251);
		}
		capture.append(ByteBuffer.wrap(bytes));
		assertThat(capture.toTail(16).bytes()).isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 16, bytes.length));
		assertThat(capture.toTail(60_000).bytes())
			.isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 60_000, bytes.length));
		assertThat(capture.toOutput(true).bytes()).isEqualTo(bytes);
	}

	@Test
	void endIsCopiedFromTheTailOfWhatWasCutToo() {
		BoundedCapture capture = new BoundedCapture(60_000);
		byte[] bytes = new byte[200_000];
		for (int i = 0; i < bytes.length; i++) {
			bytes[i] = (byte) (i % 251);
		}
		for (int i = 0; i < bytes.length; i += 1000) {
			capture.append(ByteBuffer.wrap(bytes, i, 1000));
		}
		assertThat(capture.toTail(10).bytes()).isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 10, bytes.length));
		assertThat(capture.toTail(20_000).bytes())
			.isEqualTo(Arrays.copyOfRange(bytes, bytes.length - 20_000, bytes.length));
	}

}
