// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The page on an ordinary day. The pictures are left in {@code target/screenshots}; with
 * {@code -Dsubprocess.write-docs=true} they are those of the documentation.
 */
class PagePicturesTests extends LivelyPageTest {

	private static final Path DOCUMENTATION = Path.of("..", "docs", "images");

	private static final int LARGEST = 250_000;

	@Test
	void pageIsPicturedInEveryLightAndWidth() throws Exception {
		try (LivelyDay day = new LivelyDay(this.port)) {
			day.morning();
			day.noon();
			awaitUnrest(day);
			day.lastMinute();
			browser.awaitVisible(live(day.job("nightly-backup")) + " .badge[data-kind=terminating]");
			browser.awaitVisible("#recent .badge[data-kind=failure]");
			await().atMost(Duration.ofSeconds(20))
				.until(() -> browser.findAll("#live .badge[data-kind=terminating]").size() == 1
						&& browser.findAll("#live .badge[data-kind=draining]").isEmpty());
			for (String light : new String[] { "light", "dark" }) {
				browser.prefer(light);
				take("page-" + light, 1440, 1180);
			}
			browser.prefer("light");
			take("page-narrow", 390, 1000);
			browser.resize(1440, 1000);
			browser.find(live(day.job("ocr")) + " a.name").click();
			await().atMost(Duration.ofSeconds(20))
				.until(() -> browser.findAll("#detail-tree > li > ul > li > ul > li").size() == 3
						&& browser.find("#tail-text").getText().lines().count() >= 10);
			browser.run("document.activeElement.blur()");
			take("detail-light", 1440, 1000);
		}
	}

	/**
	 * Wait until there is something to see: one that is stuck, one that takes much
	 * memory, a policy that is full with a queue, and starts that have failed.
	 */
	private static void awaitUnrest(LivelyDay day) {
		await().atMost(Duration.ofSeconds(50))
			.until(() -> !browser.findAll(live(day.job("fetch")) + " .mark[data-kind=stuck]").isEmpty());
		browser.awaitVisible(live(day.job("virus-scan")) + " .mark[data-kind=hungry]");
		assertThat(browser.awaitVisible(".limit.full[data-policy=compress]").getText()).contains("waiting");
		assertThat(browser.awaitVisible("#failures tbody").getText()).contains("pdf-export").contains("chdir");
	}

	private static void take(String name, int width, int height) throws IOException {
		browser.resize(width, height);
		browser.pointAway();
		assertThat(browser.overflow()).as("overflow at a width of " + width).isZero();
		Path picture = browser.screenshot(name);
		if (Boolean.getBoolean("subprocess.write-docs")) {
			write(picture, DOCUMENTATION.resolve(name + ".png"));
		}
	}

	/**
	 * Pack it as small as it gets: browsers are in a hurry when they pack theirs.
	 */
	private static void write(Path picture, Path file) throws IOException {
		BufferedImage image = ImageIO.read(picture.toFile());
		BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
		opaque.createGraphics().drawImage(image, 0, 0, null);
		ImageIO.write(opaque, "png", file.toFile());
		assertThat(Files.size(file)).as(file.toString()).isLessThan(LARGEST);
	}

}
