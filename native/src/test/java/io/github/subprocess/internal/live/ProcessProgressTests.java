// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.InputReport;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.ResourceUsage;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnedChild;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was special about a birth is told from then on.
 */
class ProcessProgressTests {

	private static final SpawnWarning WARNING = new SpawnWarning("nice", 13, "EACCES", "Permission denied", "-5");

	private final ProcessProgress progress = new ProcessProgress(
			new ProcessIdentity("a", "none", ProcessPolicy.defaults(), List.of(),
					new SpawnedChild(42, 7, "/bin/true", SpawnMechanism.FORK, DescriptorClosing.LOOP, List.of(WARNING)),
					null, null, Followers.NONE, Instant.now(), System.nanoTime(), Duration.ofMillis(1)));

	@Test
	void liveProcessTellsItsWarnings() {
		ProcessSnapshot snapshot = this.progress.snapshot();
		assertThat(snapshot.warnings()).containsExactly(WARNING);
		assertThat(snapshot.mechanism()).isEqualTo(SpawnMechanism.FORK);
		assertThat(snapshot.closing()).isEqualTo(DescriptorClosing.LOOP);
	}

	@Test
	void processThatIsRememberedTellsThemStill() {
		CapturedOutput output = new CapturedOutput("text".getBytes(StandardCharsets.US_ASCII), new byte[0], 4, false,
				true);
		ProcessResult result = this.progress.reaped(
				new ExitRecord(new ExitStatus.Exited(0),
						new ResourceUsage(Duration.ZERO, Duration.ZERO, 0, true, 0, 0, 0, 0)),
				false, TreeEnd.ALONE, null, new StreamReports(InputReport.NONE, output, CapturedOutput.NONE), () -> {
				});
		assertThat(result.mechanism()).isEqualTo(SpawnMechanism.FORK);
		ProcessSnapshot remembered = LiveProcessRegistry.withoutOutput(this.progress.snapshot());
		assertThat(remembered.warnings()).containsExactly(WARNING);
		assertThat(remembered.result().mechanism()).isEqualTo(SpawnMechanism.FORK);
		assertThat(remembered.result().output().bytes()).isEmpty();
	}

}
