// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page in a browser. Screenshots are left in {@code target/screenshots}.
 */
class PageTests extends OpenPage {

	@Test
	void jobIsStartedWatchedAndStopped() {
		String row = startPatrol();
		assertThat(browser.find(row + " .badge").getText()).isEqualTo("running");
		assertThat(browser.find(row + " .deadline").getText()).contains("of 10 min left");
		String age = row + " [data-label=Age]";
		String first = browser.find(age).getText();
		await().atMost(Duration.ofSeconds(10)).until(() -> !browser.find(age).getText().equals(first));
		browser.find(row + " .stop").click();
		assertThat(browser.awaitVisible("#stop-dialog").getText()).contains("Stop patrol?").contains("SIGTERM");
		browser.find("#stop-confirm").click();
		assertThat(browser.awaitVisible("#message").getText()).contains("Asked patrol");
		browser.awaitGone(row);
		WebElement ended = browser.awaitVisible(row.replace("#live", "#recent"));
		assertThat(ended.getText()).contains("patrol").contains("cancelled").contains("SIGTERM");
		assertThat(browser.errors()).isEmpty();
	}

	@Test
	void stopCanBeReconsideredByKeyboard() {
		String row = startPatrol();
		WebElement stop = browser.find(row + " .stop");
		stop.sendKeys(Keys.ENTER);
		browser.awaitVisible("#stop-dialog");
		assertThat(browser.focused().getAttribute("id")).isEqualTo("stop-cancel");
		browser.focused().sendKeys(Keys.ESCAPE);
		await().until(() -> !browser.find("#stop-dialog").isDisplayed());
		assertThat(browser.focused()).isEqualTo(stop);
		assertThat(browser.find(row + " .badge").getText()).isEqualTo("running");
	}

	@Test
	void jobThatCannotBeStartedIsExplained() {
		browser.find("#start-policy option[value=missing-program]").click();
		browser.find("#start-button").click();
		assertThat(browser.awaitVisible("#message[data-kind=bad]").getText()).contains("exec failed with ENOENT");
		assertThat(browser.awaitVisible("#failures tbody").getText()).contains("missing-program").contains("exec");
	}

	@Test
	void whatAProcessWasStartedWithoutIsMarked() throws Exception {
		String id = start("refused-cgroup");
		WebElement live = browser.awaitVisible(live(id) + " .warning");
		assertThat(live.getText()).contains("without cgroup").contains("ENOENT");
		assertThat(live.getAttribute("title")).isEqualTo("/no/such/cgroup");
		shoot("warning-narrow", 390, 844);
		shoot("warning-wide", 1440, 1000);
		this.service.post("/actuator/subprocesses/" + id);
		assertThat(browser.awaitVisible(recent(id) + " .warning").getText()).contains("without cgroup");
		assertThat(browser.errors()).isEmpty();
	}

	@Test
	void outageIsShownUntilItIsOver() throws Exception {
		startPatrol();
		browser.disconnect(true);
		assertThat(browser.awaitVisible("#outage").getText()).contains("does not answer");
		assertThat(browser.find("#connection").getText()).isEqualTo("Not connected");
		browser.screenshot("outage");
		browser.disconnect(false);
		browser.awaitVisible("#connection[data-state=live]");
		assertThat(browser.find("#outage").isDisplayed()).isFalse();
	}

	@Test
	void pageLooksWellInEveryWidthAndLight() throws Exception {
		for (int run = 0; run < 30; run++) {
			for (String policy : new String[] { "checksum", "compress", "count", "sort" }) {
				this.service.postFile(policy, "some text\n".repeat(run * 1000).getBytes(StandardCharsets.UTF_8));
			}
		}
		String stubborn = start("stubborn");
		this.service.post("/actuator/subprocesses/" + stubborn);
		browser.awaitVisible(recent(stubborn));
		this.service.post("/jobs/count");
		this.service.postFile("decompress", new byte[10]);
		this.service.postFile("nap", new byte[0]);
		this.service.post("/jobs/missing-program");
		this.service.post("/jobs/missing-directory");
		this.service.post("/jobs/stubborn");
		startPatrol();
		open("");
		browser.awaitVisible("#latency svg");
		browser.awaitVisible("#failures tbody tr");
		for (String light : new String[] { "light", "dark" }) {
			browser.prefer(light);
			shoot("wide-" + light, 1440, 1000);
			shoot("middle-" + light, 900, 1000);
			shoot("narrow-" + light, 390, 844);
		}
		browser.resize(1440, 1000);
		browser.find("#live .stop").click();
		browser.awaitVisible("#stop-dialog");
		browser.screenshot("dialog-dark");
		browser.find("#stop-cancel").click();
	}

	private void shoot(String name, int width, int height) throws Exception {
		browser.resize(width, height);
		assertThat(browser.overflow()).as("overflow at a width of " + width).isZero();
		browser.screenshotOfAll(name);
	}

	/**
	 * Start a patrol with the button, and return the selector of its row.
	 */
	private String startPatrol() {
		int before = browser.findAll("#live tbody tr").size();
		assertThat(browser.find("#start-policy").getAttribute("value")).isEqualTo("patrol");
		browser.find("#start-button").click();
		await().atMost(Duration.ofSeconds(10)).until(() -> browser.findAll("#live tbody tr").size() > before);
		List<WebElement> rows = browser.findAll("#live tbody tr");
		return live(rows.get(rows.size() - 1).getAttribute("data-id"));
	}

}
