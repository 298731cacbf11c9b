// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Lines are the same wherever the reads cut them.
 */
class LineDecoderTests {

	private static final String TEXT = "one\r\ntw\u00f6\n\n\rthree \ud83d\ude00\r\r\n\u20ac";

	private static List<String> decode(byte[] bytes, int piece, Charset charset, int longest) {
		List<String> lines = new ArrayList<>();
		LineDecoder decoder = new LineDecoder(charset, longest, lines::add);
		for (int at = 0; at < bytes.length; at += piece) {
			decoder.deliver(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
		}
		decoder.end();
		return lines;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 7, 1000 })
	void piecesOfAnySize(int piece) {
		assertThat(decode(TEXT.getBytes(StandardCharsets.UTF_8), piece, StandardCharsets.UTF_8, 100))
			.isEqualTo(TEXT.lines().toList());
		assertThat(decode(TEXT.getBytes(StandardCharsets.UTF_16LE), piece, StandardCharsets.UTF_16LE, 100))
			.isEqualTo(TEXT.lines().toList());
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 3, 10_000 })
	void charactersAreNotCutInHalf(int piece) {
		assertThat(decode("ab\ud83d\ude00cd\nabc".getBytes(StandardCharsets.UTF_8), piece, StandardCharsets.UTF_8, 3))
			.containsExactly("ab [... 4 characters cut ...]", "abc");
	}

	@Test
	void moreThanFitsAtOnce() {
		String line = "x".repeat(50_000);
		assertThat(
				decode((line + "\n" + line).getBytes(StandardCharsets.UTF_8), 30_000, StandardCharsets.UTF_8, 60_000))
			.containsExactly(line, line);
	}

	@Test
	void nothingHasNoLines() {
		assertThat(decode(new byte[0], 1, StandardCharsets.UTF_8, 10)).isEmpty();
	}

	@Test
	void halfACharacterAtTheEndIsReplaced() {
		assertThat(decode(new byte[] { 'a', (byte) 0xe2, (byte) 0x82 }, 1, StandardCharsets.UTF_8, 10))
			.containsExactly("a\ufffd");
	}

}
