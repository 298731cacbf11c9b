// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Filters, one process in detail, what can be done to it, and limits: in a browser.
 */
class PageDetailTests extends OpenPage {

	@AfterEach
	void noErrorWasLogged() {
		assertThat(browser.errors()).isEmpty();
	}

	@Test
	void filtersAreKeptInTheAddress() throws Exception {
		String patrol = start("patrol");
		String stubborn = start("stubborn");
		open("?policy=stubborn");
		browser.awaitVisible(live(stubborn));
		assertThat(browser.findAll(live(patrol))).isEmpty();
		assertThat(browser.find("#live-count").getText()).isEqualTo("1 of 2");
		browser.find("#filter-program").sendKeys("no-such-program");
		assertThat(browser.awaitVisible("#live-filtered").getText()).contains("no-such-program");
		assertThat(browser.address()).contains("policy=stubborn").contains("program=no-such-program");
		browser.find("#live-filtered [data-clear]").click();
		browser.awaitVisible(live(patrol));
		assertThat(browser.address()).doesNotContain("policy=");
	}

	@Test
	void detailOpensByClickAndItsOutputGrows() throws Exception {
		String id = start("patrol");
		browser.awaitVisible(live(id) + " .badge").click();
		browser.awaitVisible("#detail");
		assertThat(browser.address()).endsWith("#process=" + id);
		WebElement tail = browser.find("#tail-text");
		await().atMost(Duration.ofSeconds(30)).until(() -> tail.getText().contains("north is quiet"));
		int first = tail.getText().length();
		await().atMost(Duration.ofSeconds(30)).until(() -> tail.getText().length() > first);
		await().atMost(Duration.ofSeconds(20)).until(() -> browser.findAll("#detail-tree li li").size() >= 4);
		assertThat(browser.find("#detail-deadlines").getText()).contains("of 10 min left");
		assertThat(browser.find("#detail-program").getText()).contains("******").doesNotContain("while");
		browser.find("#detail-close").click();
		assertThat(browser.find("#detail").isDisplayed()).isFalse();
		assertThat(browser.focused().getAttribute("href")).endsWith(id);
	}

	@Test
	void detailOpensByItsAddressInEveryWidth() throws Exception {
		String id = start("silent");
		open("#process=" + id);
		assertThat(browser.awaitVisible("#detail-title").getText()).isEqualTo("silent");
		await().atMost(Duration.ofSeconds(20))
			.until(() -> browser.find("#tail-text").getText().contains("waiting for the tape robot"));
		for (int width : new int[] { 390, 900, 1440 }) {
			browser.resize(width, 1000);
			assertThat(browser.overflow()).as("overflow at a width of " + width).isZero();
			browser.screenshotOfAll("detail-" + width);
		}
	}

	@Test
	void outputOfOtherPoliciesIsNotInThePage() throws Exception {
		String id = start("one-at-a-time");
		open("#process=" + id);
		browser.awaitVisible("#detail");
		assertThat(browser.find("#tail-state").getText()).contains("not shown");
		assertThat(browser.find("#tail-text").isDisplayed()).isFalse();
	}

	@Test
	void processIsStoppedForAWhileThenKilled() throws Exception {
		String id = start("patrol");
		open("#process=" + id);
		browser.awaitVisible("#action-send").click();
		await().atMost(Duration.ofSeconds(20))
			.until(() -> browser.find("#message").getText().contains("It is stopped now"));
		browser.awaitVisible(live(id) + " .mark[data-kind=stuck]");
		browser.find("#action-kill").click();
		assertThat(browser.awaitVisible("#stop-dialog").getText()).contains("Kill patrol?").contains("SIGKILL");
		browser.find("#stop-reason").sendKeys("does not react");
		browser.find("#stop-confirm").click();
		assertThat(browser.awaitVisible(recent(id)).getText()).contains("SIGKILL");
		assertThat(browser.awaitVisible("#detail-end").getText()).contains("SIGKILL").contains("operator");
	}

	@Test
	void fullPolicyAndItsQueueAreShown() throws Exception {
		for (int place = 0; place < 3; place++) {
			start("patrol");
		}
		CompletableFuture<String> waiting = CompletableFuture.supplyAsync(() -> {
			try {
				return start("patrol");
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
		WebElement patrol = browser.awaitVisible(".limit.full[data-policy=patrol]");
		await().atMost(Duration.ofSeconds(10)).until(() -> patrol.getText().contains("1 of 2 waiting"));
		assertThat(patrol.getText()).contains("full").contains("3 of 3 running");
		browser.find("#latency-time").click();
		assertThat(browser.awaitVisible("#heatmap-words").getText()).contains("of the last ten minutes");
		killWhatIsLeft();
		waiting.join();
	}

}
