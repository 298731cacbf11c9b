// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fuzz;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.subprocess.Fixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What there was before many launches, and has to be there after them.
 */
final class Leftovers {

	private final Set<String> descriptors = Fixture.openDescriptors();

	private final int threads = Thread.getAllStackTraces().size();

	/**
	 * Nothing more is there than before; a thread of the JVM or two come and go.
	 */
	void check() {
		await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
			assertThat(Fixture.openDescriptors()).isEqualTo(this.descriptors);
			assertThat(Fixture.zombies()).isEqualTo(List.of());
			assertThat(Thread.getAllStackTraces().size()).isLessThanOrEqualTo(this.threads + 2);
		});
	}

}
