// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The page of a service in a browser. Each test begins with the page open, and none
 * leaves a process behind.
 */
abstract class PageInBrowser {

	static Browser browser;

	@LocalServerPort
	int port;

	ServiceClient service;

	@BeforeAll
	static void openBrowser(@TempDir Path profile) {
		assumeTrue(Browser.isInstalled(),
				"No /usr/bin/chromium with /usr/bin/chromedriver on this machine: the page is not tested");
		browser = new Browser(profile);
	}

	@AfterAll
	static void closeBrowser() {
		if (browser != null) {
			browser.close();
			browser = null;
		}
	}

	@BeforeEach
	void openPage() {
		this.service = new ServiceClient(this.port);
		browser.errors();
		browser.resize(1440, 1000);
		browser.prefer("light");
		browser.pointAway();
		open("");
	}

	/**
	 * Open the page anew.
	 * @param rest what follows its address, such as a query
	 */
	void open(String rest) {
		browser.open("about:blank");
		browser.open("http://127.0.0.1:" + this.port + "/" + rest);
		browser.awaitVisible("#connection[data-state=live]");
	}

	@AfterEach
	void killWhatIsLeft() {
		await().atMost(Duration.ofSeconds(40)).until(() -> {
			Map<String, Object> live = this.service.getJson("/actuator/subprocesses", "$.subprocesses");
			for (String id : live.keySet()) {
				this.service.delete("/actuator/subprocesses/" + id);
			}
			return live.isEmpty();
		});
	}

	/**
	 * Start a job, and return the id of its process.
	 */
	String start(String policy) throws Exception {
		return JsonPath.read(this.service.post("/jobs/" + policy).body(), "$.id");
	}

	/**
	 * Return the selector of the row of a live process.
	 */
	static String live(String id) {
		return "#live tr[data-id='" + id + "']";
	}

	/**
	 * Return the selector of the row of a process that has ended.
	 */
	static String recent(String id) {
		return "#recent tr[data-id='" + id + "']";
	}

}
