// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

import static org.awaitility.Awaitility.await;

/**
 * The machine's own Chromium, without a window; nothing is downloaded.
 */
class Browser implements AutoCloseable {

	private static final Path BINARY = Path.of("/usr/bin/chromium");

	private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final ChromeDriver driver;

	Browser(Path profile) {
		LoggingPreferences logging = new LoggingPreferences();
		logging.enable(LogType.BROWSER, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(BINARY.toFile());
		options.setCapability(ChromeOptions.LOGGING_PREFS, logging);
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + profile);
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile())
			.usingAnyFreePort()
			.build();
		this.driver = new ChromeDriver(service, options);
	}

	static boolean isInstalled() {
		return Files.isExecutable(BINARY) && Files.isExecutable(DRIVER);
	}

	void open(String address) {
		this.driver.get(address);
	}

	String address() {
		return this.driver.getCurrentUrl();
	}

	WebElement find(String selector) {
		return this.driver.findElement(By.cssSelector(selector));
	}

	List<WebElement> findAll(String selector) {
		return this.driver.findElements(By.cssSelector(selector));
	}

	WebElement awaitVisible(String selector) {
		return await().atMost(Duration.ofSeconds(20))
			.ignoreExceptions()
			.until(() -> find(selector), WebElement::isDisplayed);
	}

	void awaitGone(String selector) {
		await().atMost(Duration.ofSeconds(20)).until(() -> findAll(selector).isEmpty());
	}

	WebElement focused() {
		return this.driver.switchTo().activeElement();
	}

	List<String> errors() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map(LogEntry::getMessage)
			.toList();
	}

	long overflow() {
		Object overflow = this.driver
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
		return (overflow instanceof Long pixels) ? pixels : -1;
	}

	void resize(int width, int height) {
		resize(width, height, false);
	}

	private void resize(int width, int height, boolean mobile) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
	}

	void prefer(String colorScheme) {
		emulate("prefers-color-scheme", colorScheme);
	}

	/**
	 * Emulate one feature of the media that the page is shown on; the others are what
	 * they are.
	 */
	void emulate(String feature, String value) {
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", feature, "value", value))));
	}

	/**
	 * Be a screen for fingers, or not.
	 */
	void touch(boolean touch) {
		this.driver.executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", touch));
		resize(390, 844, touch);
	}

	/**
	 * Let pages write to the clipboard and read from it, or not.
	 */
	void allowClipboard(boolean allowed) {
		for (String permission : List.of("clipboard-write", "clipboard-read")) {
			this.driver.executeCdpCommand("Browser.setPermission",
					Map.of("permission", Map.of("name", permission), "setting", allowed ? "granted" : "denied"));
		}
	}

	/**
	 * Run the body of a function in the page.
	 */
	@SuppressWarnings("unchecked")
	<T> T run(String script, Object... arguments) {
		return (T) this.driver.executeScript(script, arguments);
	}

	/**
	 * Point at nothing that reacts.
	 */
	void pointAway() {
		new Actions(this.driver).moveToLocation(1, 1).perform();
	}

	/**
	 * Press keys where the focus is.
	 */
	void press(CharSequence... keys) {
		new Actions(this.driver).sendKeys(keys).perform();
	}

	/**
	 * Press a key while shift is held.
	 */
	void pressWithShift(CharSequence key) {
		new Actions(this.driver).keyDown(Keys.SHIFT).sendKeys(key).keyUp(Keys.SHIFT).perform();
	}

	void disconnect(boolean offline) {
		this.driver.executeCdpCommand("Network.enable", Map.of());
		this.driver.executeCdpCommand("Network.emulateNetworkConditions",
				Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
	}

	Path screenshot(String name) throws IOException {
		return screenshot(name, false);
	}

	Path screenshotOfAll(String name) throws IOException {
		return screenshot(name, true);
	}

	private Path screenshot(String name, boolean beyondViewport) throws IOException {
		Map<String, Object> shot = this.driver.executeCdpCommand("Page.captureScreenshot",
				Map.of("format", "png", "captureBeyondViewport", beyondViewport));
		Files.createDirectories(SCREENSHOTS);
		return Files.write(SCREENSHOTS.resolve(name + ".png"), Base64.getDecoder().decode((String) shot.get("data")));
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
