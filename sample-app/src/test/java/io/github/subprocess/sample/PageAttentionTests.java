// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which processes the page says need a look. How busy a real one is depends on what else
 * the machine does, so that is judged from figures that are given.
 */
class PageAttentionTests extends LivelyPageTest {

	private static final String QUIET = "steadyShare: 0.1";

	private static final String MARKS = """
			return import('/js/attention.js').then(({ marksOf, typicalDurations }) => {
				const process = { policy: 'ocr', age: 'PT1M', started: '2031-06-01T12:00:00Z', deadline: '2031-06-01T12:10:00Z', ...%s };
				const look = { process: { detail: { figures: { activity: 'sleeping', ...%s }, deadlinesLeft: %s,
					policy: { 'deadlines.idle': 'PT1M', 'deadlines.cpu': 'PT10M' } } }, cpu: new Map(), at: 500000, quietSince: 490000, residentBytes: 1000, ...%s };
				const recent = Array.from({ length: 5 }, () => ({ policy: 'ocr', outcome: 'success', duration: '%s' }));
				return marksOf(process, look, typicalDurations(recent)).map(({ kind, text }) => `${kind}: ${text}`);
			});
			""";

	@Test
	void ordinaryProcessNeedsNone() {
		assertThat(marks("{}", "{}", "{}", "{ " + QUIET + " }", "PT1M")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{}                | {}                      | {}                          | { steadyShare: 0.8 }           | busy: CPU 80 %
					{}                | {}                      | {}                          | { steadyShare: 2.5 }           | busy: CPU 250 %
					{}                | {}                      | {}                          | { residentBytes: 134217728 }   | hungry: memory 128 MiB
					{}                | { activity: 'stopped' } | {}                          | {}                             | stuck: stopped by a signal
					{}                | {}                      | { idle: 'PT30S' }           | {}                             | stuck: no output, ended in 0:30
					{}                | {}                      | {}                          | { quietSince: 370000 }         | stuck: does nothing for 2 min
					{}                | {}                      | { cpu: 'PT3M' }             | {}                             | slow: CPU deadline near
					{ age: 'PT9M' }   | {}                      | {}                          | {}                             | slow: deadline near
					{ age: 'PT5M1S' } | {}                      | {}                          | {}                             | slow: slow: 1:00 as a rule
					""")
	void remarkableOneHasItsMark(String process, String figures, String left, String look, String mark) {
		assertThat(marks(process, figures, left, look, "PT1M")).containsExactly(mark);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{}              | {}                        | { steadyShare: 0.79 }
			{}              | {}                        | { steadyShare: NaN }
			{}              | {}                        | { residentBytes: 134217727 }
			{}              | { idle: 'PT41S' }         | {}
			{}              | { cpu: 'PT3M20S' }        | {}
			{}              | {}                        | { quietSince: 440000 }
			{ age: 'PT5M' } | {}                        | {}
			""")
	void oneThatIsNearlyRemarkableHasNone(String process, String left, String look) {
		assertThat(marks(process, "{}", left, look, "PT1M")).isEmpty();
	}

	@Test
	void shortProcessesAreNotCalledSlowForAMoment() {
		assertThat(marks("{ age: 'PT4S' }", "{}", "{}", "{}", "PT0.01S")).isEmpty();
		assertThat(marks("{ age: 'PT6S' }", "{}", "{}", "{}", "PT0.01S"))
			.containsExactly("slow: slow: 10.0 ms as a rule");
	}

	@Test
	void hungryProcessIsCountedAtTheTopAndFound() throws Exception {
		String scan = start("virus-scan");
		String fetch = start("fetch");
		assertThat(browser.awaitVisible(live(scan) + " .mark[data-kind=hungry]").getText())
			.matches("memory 1[67]\\d MiB");
		await().atMost(Duration.ofSeconds(10)).until(() -> browser.find("#total-attention").getText().equals("1"));
		assertThat(browser.find(live(scan)).getAttribute("data-attention")).isEqualTo("hungry");
		assertThat(browser.find(live(fetch)).getAttribute("data-attention")).isEmpty();
		browser.find("#filter-state option[value=attention]").click();
		browser.awaitGone(live(fetch));
		browser.find(live(scan) + " a.name").click();
		assertThat(browser.awaitVisible("#detail-marks").getText()).matches("memory 1[67]\\d MiB");
		this.service.delete("/actuator/subprocesses/" + scan);
		await().atMost(Duration.ofSeconds(20)).until(() -> browser.find("#total-attention").getText().equals("0"));
	}

	private static List<String> marks(String process, String figures, String left, String look, String usual) {
		return browser.run(MARKS.formatted(process, figures, left, look, usual));
	}

}
