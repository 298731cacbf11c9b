// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * In which order live processes are listed, and when that order holds.
 */
class PageOrderTests extends LivelyPageTest {

	@Test
	void byAgeByMemoryAndByWhatNeedsALook() throws Exception {
		String backup = start("nightly-backup");
		String scan = start("virus-scan");
		String fetch = start("fetch");
		browser.awaitVisible(live(scan) + " .mark[data-kind=hungry]");
		browser.awaitVisible(live(fetch));
		sort("age");
		awaitRows(backup, scan, fetch);
		sort("newest");
		awaitRows(fetch, scan, backup);
		await().atMost(Duration.ofSeconds(10)).until(() -> browser.address().contains("sort=newest"));
		sort("memory");
		await().atMost(Duration.ofSeconds(20)).until(() -> rows().get(0).equals(scan));
		sort("");
		awaitRows(scan, backup, fetch);
		stopForAWhile(fetch);
		browser.awaitVisible(live(fetch) + " .mark[data-kind=stuck]");
		awaitRows(fetch, scan, backup);
	}

	@Test
	void byProcessor() throws Exception {
		String fetch = start("fetch");
		String transcode = start("transcode");
		open("?sort=cpu");
		assertThat(browser.find("#sort").getAttribute("value")).isEqualTo("cpu");
		browser.awaitVisible(live(fetch));
		await().atMost(Duration.ofMinutes(1)).until(() -> rows().get(0).equals(transcode));
	}

	@Test
	void rowsStayUnderTheFocus() throws Exception {
		String backup = start("nightly-backup");
		String fetch = start("fetch");
		browser.awaitVisible(live(fetch));
		awaitRows(backup, fetch);
		browser.run("document.querySelector(arguments[0]).focus()", live(backup) + " a.name");
		stopForAWhile(fetch);
		browser.awaitVisible(live(fetch) + " .mark[data-kind=stuck]");
		assertThat(rows()).containsExactly(backup, fetch);
		browser.run("document.activeElement.blur()");
		awaitRows(fetch, backup);
	}

	private void stopForAWhile(String id) throws Exception {
		assertThat(this.service.postJson("/actuator/subprocesses/" + id, "{\"signal\": \"stop\"}").statusCode())
			.isEqualTo(204);
	}

	private static void sort(String order) {
		WebElement select = browser.find("#sort");
		List<String> orders = browser.run("return [...arguments[0].options].map(({ value }) => value)", select);
		select.sendKeys(Keys.HOME);
		orders.subList(0, orders.indexOf(order)).forEach((step) -> select.sendKeys(Keys.ARROW_DOWN));
		assertThat(select.getAttribute("value")).isEqualTo(order);
		browser.run("document.activeElement.blur()");
	}

	private static void awaitRows(String... ids) {
		await().atMost(Duration.ofSeconds(20)).until(PageOrderTests::rows, List.of(ids)::equals);
	}

	private static List<String> rows() {
		return browser.run("return [...document.querySelectorAll('#live tbody tr')].map((row) => row.dataset.id)");
	}

}
