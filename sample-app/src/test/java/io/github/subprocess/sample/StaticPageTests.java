// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is served for the page, without a browser.
 */
@FileServiceTest
class StaticPageTests {

	private static final Pattern SCRIPT = Pattern.compile("from '\\./([\\w-]+\\.js)'");

	@LocalServerPort
	private int port;

	private ServiceClient service;

	@BeforeEach
	void setUp() {
		this.service = new ServiceClient(this.port);
	}

	@Test
	void pageMayLoadOnlyWhatComesFromHere() throws Exception {
		HttpResponse<String> page = this.service.get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow()).contains("default-src 'none'")
			.contains("script-src 'self'")
			.doesNotContain("unsafe");
		assertThat(page.body()).doesNotContain("://")
			.doesNotContainPattern("\\son[a-z]+=")
			.doesNotContainPattern("\\sstyle=")
			.doesNotContainPattern("<script[^>]*>[^<]");
	}

	@Test
	void scriptsNeverParseHtml() throws Exception {
		List<String> scripts = Stream
			.concat(Stream.of("page.js"),
					SCRIPT.matcher(this.service.get("/js/page.js").body()).results().map(this::name))
			.toList();
		assertThat(scripts).hasSizeGreaterThan(5);
		for (String script : scripts) {
			HttpResponse<String> response = this.service.get("/js/" + script);
			assertThat(response.statusCode()).as(script).isEqualTo(200);
			assertThat(response.body()).as(script)
				.doesNotContain("innerHTML")
				.doesNotContain("outerHTML")
				.doesNotContain("insertAdjacentHTML")
				.doesNotContain("document.write")
				.doesNotContain("eval(");
		}
	}

	private String name(MatchResult match) {
		return match.group(1);
	}

}
