// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

/**
 * The page without a mouse: everything is reached with Tab, the focus is seen, and it is
 * never lost.
 */
class PageKeyboardTests extends LivelyPageTest {

	private static final int MOST_STEPS = 60;

	@Test
	void processIsFoundLookedAtAndStopped() throws Exception {
		String ocr = start("ocr");
		String fetch = start("fetch");
		browser.awaitVisible(live(ocr));
		browser.awaitVisible(live(fetch));
		tabTo((element) -> "filter-program".equals(element.getAttribute("id")));
		browser.press("ocr");
		browser.awaitGone(live(fetch));
		tabTo((element) -> element.getText().equals("ocr"));
		browser.press(Keys.ENTER);
		browser.awaitVisible("#detail");
		awaitFocus("detail-title");
		tabTo((element) -> "action-stop".equals(element.getAttribute("id")));
		browser.press(Keys.ENTER);
		browser.awaitVisible("#stop-dialog");
		awaitFocus("stop-cancel");
		browser.press(Keys.ENTER);
		awaitFocus("action-stop");
		browser.press(Keys.SPACE);
		browser.awaitVisible("#stop-dialog");
		browser.pressWithShift(Keys.TAB);
		awaitFocus("stop-reason");
		browser.press("reads the wrong contract");
		tabTo((element) -> "stop-confirm".equals(element.getAttribute("id")));
		browser.press(Keys.ENTER);
		assertThat(browser.awaitVisible("#message").getText()).contains("ocr");
		assertThat(browser.awaitVisible("#detail-end").getText()).contains("SIGTERM").contains("operator");
		// the button is gone with the process
		awaitFocus("detail-title");
		browser.press(Keys.ESCAPE);
		await().atMost(Duration.ofSeconds(10)).until(() -> !browser.find("#detail").isDisplayed());
		assertThat(browser.focused().getAttribute("href")).endsWith(ocr);
	}

	@Test
	void dialogKeepsTheFocusAndGivesItBackToTheRow() throws Exception {
		String id = start("fetch");
		browser.awaitVisible(live(id));
		tabTo((element) -> element.getText().equals("Stop"));
		WebElement stop = browser.focused();
		browser.press(Keys.ENTER);
		browser.awaitVisible("#stop-dialog");
		for (int step = 0; step < 8; step++) {
			browser.press(Keys.TAB);
			// between its last and its first is the browser itself
			assertThat(browser.<Boolean>run("return document.activeElement === document.body "
					+ "|| document.activeElement.closest('dialog') !== null"))
				.isTrue();
		}
		browser.press(Keys.ESCAPE);
		await().atMost(Duration.ofSeconds(10)).until(() -> !browser.find("#stop-dialog").isDisplayed());
		assertThat(browser.focused()).isEqualTo(stop);
		assertThat(browser.find(live(id) + " .badge").getText()).isEqualTo("running");
	}

	@Test
	void focusIsKeptWhenTheProcessEndsWhileItIsAskedFor() throws Exception {
		String id = start("fetch");
		browser.awaitVisible(live(id));
		tabTo((element) -> element.getText().equals("Stop"));
		browser.press(Keys.ENTER);
		browser.awaitVisible("#stop-dialog");
		this.service.delete("/actuator/subprocesses/" + id);
		browser.awaitGone(live(id));
		browser.press(Keys.ESCAPE);
		awaitFocus("live-heading");
	}

	@Test
	void firstStepLeadsPastTheFilters() {
		browser.press(Keys.TAB);
		assertThat(browser.focused().getText()).isEqualTo("Skip to the processes");
		assertFocusIsSeen();
		browser.press(Keys.ENTER);
		awaitFocus("main");
	}

	@Test
	void everyControlIsReached() throws Exception {
		start("ocr");
		browser.awaitVisible("#live tbody tr");
		long controls = browser.run("return [...document.querySelectorAll('a, button, select, input, summary')]"
				+ ".filter((one) => one.checkVisibility() && !one.disabled).length");
		browser.run("document.activeElement.blur()");
		long reached = 0;
		browser.press(Keys.TAB);
		while (browser.<Boolean>run("return document.activeElement !== document.body") && reached < MOST_STEPS) {
			assertFocusIsSeen();
			reached++;
			browser.press(Keys.TAB);
		}
		assertThat(reached).isEqualTo(controls);
	}

	private void tabTo(Predicate<WebElement> wanted) {
		for (int step = 0; step < MOST_STEPS; step++) {
			browser.press(Keys.TAB);
			if (wanted.test(browser.focused())) {
				assertFocusIsSeen();
				return;
			}
		}
		fail("Not reached in %d steps; the focus is at %s", MOST_STEPS, browser.focused().getText());
	}

	private void assertFocusIsSeen() {
		assertThat(browser.<Boolean>run("""
				const node = document.activeElement;
				const { outlineStyle, outlineWidth } = getComputedStyle(node);
				const { width, height, bottom, right } = node.getBoundingClientRect();
				return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
					&& width > 1 && height > 1 && bottom > 0 && right > 0;
				""")).as("the focus at %s is seen", browser.focused().getText()).isTrue();
	}

	private void awaitFocus(String id) {
		await().atMost(Duration.ofSeconds(20)).until(() -> browser.focused().getAttribute("id"), id::equals);
	}

}
