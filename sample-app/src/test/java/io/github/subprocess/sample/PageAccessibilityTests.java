// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the page says to those who do not see it, or do not want it to move.
 */
class PageAccessibilityTests extends LivelyPageTest {

	private static final String MOVING = """
			return [...document.querySelectorAll('*')].flatMap((one) => ['', '::before', '::after'].map((part) => getComputedStyle(one, part)))
				.filter(({ transitionDuration, animationName, scrollBehavior }) => animationName !== 'none' || scrollBehavior === 'smooth'
					|| transitionDuration.split(',').some((duration) => parseFloat(duration) > 0)).length;
			""";

	@AfterEach
	void motionAsItIs() {
		browser.touch(false);
		browser.emulate("prefers-reduced-motion", "");
	}

	@Test
	void everyControlHasANameOfItsOwn() throws Exception {
		start("fetch");
		String id = start("ocr");
		open("#process=" + id);
		browser.awaitVisible("#detail-tree li li");
		List<String> names = browser.findAll("a, button, select, input, summary, [role=meter], [role=log], table")
			.stream()
			.filter(WebElement::isDisplayed)
			.map(WebElement::getAccessibleName)
			.toList();
		assertThat(names).hasSizeGreaterThan(25).doesNotContain("").doesNotHaveDuplicates();
	}

	@Test
	void whatIsReferredToIsThere() {
		List<String> missing = browser
			.run("""
					const missing = [];
					for (const attribute of ['aria-labelledby', 'aria-describedby', 'for', 'aria-controls']) {
						for (const node of document.querySelectorAll(`[${attribute}]`)) {
							missing.push(...node.getAttribute(attribute).split(' ').filter((id) => !document.getElementById(id)));
						}
					}
					const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
					return [...missing, ...ids.filter((id, index) => ids.indexOf(id) !== index)];
					""");
		assertThat(missing).isEmpty();
	}

	@Test
	void whatChangesIsSaidOnceAndFiguresAreNot() throws Exception {
		Map<String, String> regions = browser
			.run("""
					return Object.fromEntries(['outage', 'message', 'live-count', 'recent-count', 'tail-text', 'live', 'total-live']
						.map((id) => document.getElementById(id).closest('[role=alert], [role=status], [role=log]'))
						.map((region, index) => [index, region ? `${region.getAttribute('role')} ${region.getAttribute('aria-live') ?? ''}`.trim() : 'silent']));
					""");
		assertThat(regions).containsEntry("0", "alert")
			.containsEntry("1", "status polite")
			.containsEntry("2", "status")
			.containsEntry("3", "status")
			.containsEntry("4", "log off")
			.containsEntry("5", "silent")
			.containsEntry("6", "silent");
		start("fetch");
		browser.awaitVisible("#live tbody tr");
		browser
			.run("""
					window.changes = [];
					new MutationObserver((all) => window.changes.push(...all.map(({ target }) => target)))
						.observe(document.querySelector('#live-count'), { childList: true, subtree: true, characterData: true });
					""");
		String age = browser.find("#live [data-label=Age]").getText();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> !browser.find("#live [data-label=Age]").getText().equals(age));
		assertThat(browser.<Long>run("return window.changes.length")).isZero();
	}

	@Test
	void cardsAreStillTables() throws Exception {
		start("fetch");
		browser.resize(390, 844);
		browser.awaitVisible("#live tbody tr");
		assertThat(browser.find("#live").getAriaRole()).isEqualTo("table");
		assertThat(browser.find("#live tbody tr").getAriaRole()).isEqualTo("row");
		assertThat(browser.find("#live tbody th").getAriaRole()).isEqualTo("rowheader");
		assertThat(browser.find("#live tbody td").getAriaRole()).isEqualTo("cell");
	}

	@Test
	void nothingMovesForWhoDoesNotLikeIt() throws Exception {
		start("fetch");
		browser.awaitVisible("#live .rest");
		browser.emulate("prefers-reduced-motion", "no-preference");
		assertThat(browser.<Long>run(MOVING)).isPositive();
		browser.emulate("prefers-reduced-motion", "reduce");
		assertThat(browser.<Long>run(MOVING)).isZero();
	}

	@Test
	void fingersHaveRoom() throws Exception {
		String id = start("fetch");
		open("#process=" + id);
		browser.awaitVisible("#detail");
		String small = """
				return [...document.querySelectorAll('button, select, input, summary')]
					.filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < arguments[0])
					.map((one) => `${one.id} ${one.textContent.slice(0, 20)} ${one.getBoundingClientRect().height}`);
				""";
		assertThat(browser.<List<String>>run(small, 24)).isEmpty();
		browser.touch(true);
		open("#process=" + id);
		browser.awaitVisible("#detail");
		assertThat(browser.<List<String>>run(small, 44)).isEmpty();
	}

}
