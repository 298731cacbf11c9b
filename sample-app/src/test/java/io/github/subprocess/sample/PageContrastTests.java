// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything on the page can be read by people with weak eyes: contrast of at least 4.5
 * for text, 3 for large text, edges of controls and what is drawn.
 */
class PageContrastTests extends LivelyPageTest {

	@AfterEach
	void connect() {
		browser.disconnect(false);
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void ofAnOrdinaryDay(String light) throws Exception {
		try (LivelyDay day = new LivelyDay(this.port)) {
			day.morning();
			day.noon();
			day.lastMinute();
			browser.awaitVisible("#live .mark[data-kind=hungry]");
			browser.awaitVisible("#live .badge[data-kind=terminating]");
			browser.awaitVisible(".limit.full");
			browser.awaitVisible("#recent .badge[data-kind=failure]");
			browser.awaitVisible("#failures tbody tr");
			browser.prefer(light);
			assertContrast("lists", 150);
			browser.resize(390, 844);
			assertContrast("cards", 150);
			browser.resize(1440, 1000);
			open("#process=" + day.job("ocr"));
			browser.awaitVisible("#detail-tree li li");
			browser.run("document.querySelectorAll('details').forEach((part) => (part.open = true))");
			browser.find("#latency-time").click();
			browser.find("#action-stop").click();
			browser.awaitVisible("#stop-dialog");
			assertContrast("detail and dialog", 180);
			browser.find("#stop-cancel").click();
			browser.disconnect(true);
			browser.awaitVisible("#outage");
			assertContrast("outage", 180);
			browser.disconnect(false);
			browser.awaitVisible("#connection[data-state=live]");
			// the outage was on purpose
			browser.errors();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "light", "dark" })
	void ofWhatStandsForEmptyListsAndOfMessages(String light) {
		browser.prefer(light);
		open("?policy=ocr&program=nothing");
		browser.find("#start-policy option[value=pdf-export]").click();
		browser.find("#start-button").click();
		browser.awaitVisible("#message[data-kind=bad]");
		assertContrast("empty", 20);
		open("#process=00000000");
		browser.awaitVisible("#detail-missing");
		assertContrast("unknown process", 20);
		assertThat(browser.errors()).hasSize(2).allMatch((error) -> error.contains("422") || error.contains("404"));
	}

	@Test
	void poorContrastIsNoticed() {
		browser.run("document.querySelector('h1').style.color = '#999'");
		browser.run("document.querySelector('#filter-policy').style.borderColor = '#ddd'");
		assertThat(look().poor()).hasSize(2)
			.anyMatch((line) -> line.startsWith("text") && line.contains("Subprocesses"))
			.anyMatch((line) -> line.startsWith("edge") && line.contains("filter-policy"));
	}

	private void assertContrast(String what, int least) {
		Look look = look();
		assertThat(look.poor()).as(what).isEmpty();
		assertThat(look.looked()).as("texts and graphics of " + what).isGreaterThan(least);
	}

	private Look look() {
		try {
			Map<String, Object> look = browser
				.run(new ClassPathResource("contrast.js").getContentAsString(StandardCharsets.UTF_8));
			return new Look((Long) look.get("looked"),
					((List<?>) look.get("poor")).stream().map(String::valueOf).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Look(long looked, List<String> poor) {

	}

}
