// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.github.subprocess.CapturedOutput;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a viewer is shown from look to look.
 */
class OutputFollowerTests {

	private final OutputFollower follower = new OutputFollower("output", 0);

	@Test
	void onlyWhatIsNewIsTaken() {
		assertThat(this.follower.next(tail("north\n", 6))).isEqualTo(new OutputChunk("output", 0, "north\n"));
		assertThat(this.follower.next(tail("north\nsouth\n", 12))).isEqualTo(new OutputChunk("output", 0, "south\n"));
		assertThat(this.follower.next(tail("north\nsouth\n", 12))).isNull();
		assertThat(this.follower.position()).isEqualTo(12);
	}

	@Test
	void whatCouldNotBeLookedAtIsCounted() {
		assertThat(this.follower.next(tail("end", 1003))).isEqualTo(new OutputChunk("output", 1000, "end"));
		assertThat(this.follower.next(tail("fin", 1010))).isEqualTo(new OutputChunk("output", 4, "fin"));
	}

	@Test
	void positionOfAnEarlierConnectionIsGoneOnFrom() {
		OutputFollower second = new OutputFollower("output", 6);
		assertThat(second.next(tail("north\nsouth\n", 12))).isEqualTo(new OutputChunk("output", 0, "south\n"));
	}

	@Test
	void characterThatIsCutInTwoWaitsForItsOtherHalf() {
		byte[] bytes = "a€b".getBytes(StandardCharsets.UTF_8);
		assertThat(this.follower.next(tail(Arrays.copyOf(bytes, 2), 2))).isEqualTo(new OutputChunk("output", 0, "a"));
		assertThat(this.follower.position()).isEqualTo(1);
		assertThat(this.follower.next(tail(Arrays.copyOf(bytes, 3), 3))).isNull();
		assertThat(this.follower.next(tail(bytes, 5))).isEqualTo(new OutputChunk("output", 0, "€b"));
		assertThat(this.follower.position()).isEqualTo(5);
	}

	@Test
	void whatIsNoTextIsReplaced() {
		assertThat(this.follower.next(tail(new byte[] { 'a', (byte) 0xff, 'b' }, 3)))
			.isEqualTo(new OutputChunk("output", 0, "a\ufffdb"));
	}

	private static CapturedOutput tail(String end, long totalBytes) {
		return tail(end.getBytes(StandardCharsets.UTF_8), totalBytes);
	}

	private static CapturedOutput tail(byte[] end, long totalBytes) {
		return new CapturedOutput(new byte[0], end, totalBytes, end.length < totalBytes, false);
	}

}
