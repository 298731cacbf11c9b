// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The output of one process while it writes, and the processes that it has started.
 */
class PageOutputTests extends LivelyPageTest {

	@Test
	void scrollingIsPausedAndResumed() throws Exception {
		openDetail(start("ocr"));
		await().atMost(Duration.ofMinutes(1)).until(() -> fromTopToEnd() > 40);
		assertThat(fromEnd()).isLessThan(24);
		WebElement pause = browser.find("#tail-pause");
		pause.click();
		assertThat(pause.getAttribute("aria-pressed")).isEqualTo("true");
		assertThat(pause.getText()).isEqualTo("Resume scrolling");
		long stays = browser.run("return Math.round(document.querySelector('#tail-text').scrollTop)");
		int length = textLength();
		await().atMost(Duration.ofSeconds(30)).until(() -> textLength() > length + 200);
		assertThat(browser.<Long>run("return Math.round(document.querySelector('#tail-text').scrollTop)"))
			.isEqualTo(stays);
		assertThat(fromEnd()).isGreaterThan(24);
		pause.click();
		assertThat(pause.getAttribute("aria-pressed")).isEqualTo("false");
		assertThat(fromEnd()).isLessThan(24);
	}

	@Test
	void whoHasScrolledUpIsLeftThere() throws Exception {
		openDetail(start("ocr"));
		await().atMost(Duration.ofMinutes(1)).until(() -> fromTopToEnd() > 100);
		browser.run("document.querySelector('#tail-text').scrollTop = 0");
		int length = textLength();
		await().atMost(Duration.ofSeconds(30)).until(() -> textLength() > length + 200);
		assertThat(browser.<Long>run("return document.querySelector('#tail-text').scrollTop")).isZero();
	}

	@Test
	void outputIsCopied() throws Exception {
		openDetail(start("fetch"));
		await().atMost(Duration.ofSeconds(20))
			.until(() -> browser.find("#tail-text").getText().contains("then nothing"));
		browser.allowClipboard(true);
		browser.find("#tail-copy").click();
		await().atMost(Duration.ofSeconds(10)).until(() -> browser.find("#tail-copy").getText().equals("Copied"));
		assertThat(browser.<String>run("return navigator.clipboard.readText()"))
			.isEqualTo("GET /exports/catalogue.csv\n12.4 MB of 96.0 MB, then nothing\n");
		await().atMost(Duration.ofSeconds(10)).until(() -> browser.find("#tail-copy").getText().equals("Copy"));
		browser.allowClipboard(false);
		browser.find("#tail-copy").click();
		await().atMost(Duration.ofSeconds(10)).until(() -> browser.find("#tail-copy").getText().equals("Not allowed"));
	}

	@Test
	void treeIsThatOfThisMoment() throws Exception {
		String id = start("ocr");
		openDetail(id);
		await().atMost(Duration.ofSeconds(20)).until(() -> pids("#detail-tree > li > ul > li > ul > li").size() == 3);
		List<String> workers = pids("#detail-tree > li > ul > li");
		List<String> sleepers = pids("#detail-tree > li > ul > li > ul > li");
		assertThat(workers).hasSize(3).doesNotHaveDuplicates();
		assertThat(pids("#detail-tree > li")).hasSize(1);
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			List<String> now = pids("#detail-tree > li > ul > li > ul > li");
			return !now.isEmpty() && now.stream().noneMatch(sleepers::contains);
		});
		assertThat(pids("#detail-tree > li > ul > li")).isEqualTo(workers);
		this.service.delete("/actuator/subprocesses/" + id);
		await().atMost(Duration.ofSeconds(20)).until(() -> !browser.find("#detail-tree-section").isDisplayed());
	}

	private void openDetail(String id) {
		open("#process=" + id);
		browser.awaitVisible("#tail-text");
	}

	private static List<String> pids(String selector) {
		return browser.run("return [...document.querySelectorAll(arguments[0])]"
				+ ".map((node) => node.querySelector('.branch .muted').textContent)", selector);
	}

	private static int textLength() {
		return browser.<Long>run("return document.querySelector('#tail-text').textContent.length").intValue();
	}

	private static long fromEnd() {
		return browser.run("const log = document.querySelector('#tail-text');"
				+ "return Math.round(log.scrollHeight - log.scrollTop - log.clientHeight)");
	}

	private static long fromTopToEnd() {
		return browser.run(
				"const log = document.querySelector('#tail-text'); return Math.round(log.scrollHeight - log.clientHeight)");
	}

}
