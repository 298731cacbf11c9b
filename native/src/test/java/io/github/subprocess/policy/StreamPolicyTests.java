// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Details of a destination stay with it.
 */
class StreamPolicyTests {

	private static final StreamPolicy UNDECIDED = StreamPolicy.undecided();

	private static final Path FILE = Path.of("/var/log/tool.log");

	@Test
	void detailsImplyTheirDestination() {
		assertThat(UNDECIDED.withFile(FILE).to()).isEqualTo(StreamDestination.FILE);
		assertThat(UNDECIDED.withAppend(false).to()).isEqualTo(StreamDestination.FILE);
		assertThat(UNDECIDED.withLogLevel(LogLevel.WARN).to()).isEqualTo(StreamDestination.LOG);
	}

	@Test
	void detailsOfOneDestinationAreMerged() {
		assertThat(UNDECIDED.withAppend(true).orElse(UNDECIDED.withFile(FILE)))
			.isEqualTo(new StreamPolicy(StreamDestination.FILE, FILE, true, null));
		assertThat(UNDECIDED.orElse(UNDECIDED.withFile(FILE))).isEqualTo(UNDECIDED.withFile(FILE));
	}

	@Test
	void detailsOfAnotherDestinationAreNotTakenOver() {
		assertThat(UNDECIDED.withTo(StreamDestination.CAPTURE).orElse(UNDECIDED.withFile(FILE)))
			.isEqualTo(UNDECIDED.withTo(StreamDestination.CAPTURE));
		assertThat(UNDECIDED.withAppend(true).orElse(UNDECIDED.withLogLevel(LogLevel.WARN)))
			.isEqualTo(UNDECIDED.withAppend(true));
	}

	@Test
	void streamsAreMergedOneByOne() {
		StreamPolicy merged = UNDECIDED.withTo(StreamDestination.MERGE);
		OutputPolicy above = OutputPolicy.undecided().withStdout(UNDECIDED.withAppend(true));
		OutputPolicy beneath = OutputPolicy.undecided().withStdout(UNDECIDED.withFile(FILE)).withStderr(merged);
		assertThat(above.orElse(beneath))
			.isEqualTo(new OutputPolicy(null, null, UNDECIDED.withFile(FILE).withAppend(true), merged));
	}

	@Test
	void whatCannotBeIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> UNDECIDED.withFile(Path.of("tool.log")))
			.withMessage("file must be an absolute path: tool.log");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> UNDECIDED.withTo(StreamDestination.CAPTURE).withFile(FILE))
			.withMessage("file must not be set for a stream that goes to CAPTURE: it is for one to FILE");
		assertThatIllegalArgumentException().isThrownBy(() -> UNDECIDED.withFile(FILE).withLogLevel(LogLevel.INFO))
			.withMessage("log-level must not be set for a stream that goes to FILE: it is for one to LOG");
		assertThatIllegalArgumentException().isThrownBy(() -> UNDECIDED.withLogLevel(LogLevel.OFF))
			.withMessageStartingWith("log-level must not be OFF");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> OutputPolicy.undecided().withStdout(UNDECIDED.withTo(StreamDestination.MERGE)))
			.withMessageStartingWith("output.stdout.to must not be MERGE");
	}

}
