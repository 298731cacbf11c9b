// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page in a browser, over a service with the policies of an ordinary day.
 */
@LivelyServiceTest
abstract class LivelyPageTest extends PageInBrowser {

	@AfterEach
	void browserHasNothingToComplainOf() {
		assertThat(browser.errors()).isEmpty();
	}

}
