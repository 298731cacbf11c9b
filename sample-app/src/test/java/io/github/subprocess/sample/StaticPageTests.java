// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is served for the page, without a browser.
 */
@FileServiceTest
class StaticPageTests {

	/**
	 * What a page, a stylesheet or a module asks for, however it is written.
	 */
	private static final Pattern REFERENCE = Pattern
		.compile("(?:href|src)=\"([^\"#]+)\"|url\\(\\s*['\"]?([^'\")]+)|@import\\s+['\"]([^'\"]+)"
				+ "|(?:\\bfrom|\\bimport)\\s*\\(?\\s*['\"]([^'\"]+)");

	/**
	 * A name, not an address: nothing is loaded from there.
	 */
	private static final String SVG_NAMESPACE = "http://www.w3.org/2000/svg";

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
	void everythingThatIsReachedComesFromHere() throws Exception {
		Map<String, HttpResponse<String>> reached = crawl();
		reached.forEach((path, response) -> {
			assertThat(response.statusCode()).as(path).isEqualTo(200);
			assertThat(response.headers().firstValue("Content-Type").orElseThrow()).as(path).startsWith(typeOf(path));
			assertThat(response.body().replace(SVG_NAMESPACE, "")).as(path)
				.doesNotContain("://")
				.doesNotContainPattern("[\"'(]//");
		});
	}

	@Test
	void everyFileIsReached() throws Exception {
		Set<String> files = new TreeSet<>();
		PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
		for (Resource file : resolver.getResources("classpath:static/**/*.*")) {
			String location = file.getURL().getPath();
			files.add(location.substring(location.indexOf("/static/") + "/static".length()));
		}
		files.remove("/index.html");
		assertThat(files).hasSizeGreaterThan(20);
		assertThat(crawl().keySet()).containsAll(files);
	}

	@Test
	void scriptsNeverParseHtml() throws Exception {
		Map<String, HttpResponse<String>> scripts = crawl();
		scripts.keySet().removeIf((path) -> !path.endsWith(".js"));
		assertThat(scripts).hasSizeGreaterThan(20).containsKeys("/js/page.js", "/js/dom.js", "/js/printable.js");
		scripts.forEach((path, response) -> assertThat(response.body()).as(path)
			.doesNotContain("innerHTML")
			.doesNotContain("outerHTML")
			.doesNotContain("insertAdjacentHTML")
			.doesNotContain("document.write")
			.doesNotContain("eval("));
	}

	/**
	 * Follow every reference from the page on, as far as there are any.
	 */
	private Map<String, HttpResponse<String>> crawl() throws Exception {
		Map<String, HttpResponse<String>> reached = new TreeMap<>();
		Deque<String> ahead = new ArrayDeque<>(List.of("/"));
		while (!ahead.isEmpty()) {
			String path = ahead.remove();
			if (path.startsWith("/actuator") || reached.containsKey(path)) {
				continue;
			}
			HttpResponse<String> response = this.service.get(path);
			reached.put(path, response);
			REFERENCE.matcher(response.body())
				.results()
				.map((match) -> URI.create(path).resolve(target(match)).toString())
				.forEach(ahead::add);
		}
		return reached;
	}

	private static String target(MatchResult match) {
		return IntStream.rangeClosed(1, match.groupCount())
			.mapToObj(match::group)
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow();
	}

	private static String typeOf(String path) {
		return switch (path.substring(path.lastIndexOf('.') + 1)) {
			case "js" -> "text/javascript";
			case "css" -> "text/css";
			case "svg" -> "image/svg+xml";
			default -> "text/html";
		};
	}

}
