// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the sources say of a class of the endpoints.
 */
final class SourceJavadoc {

	static final Path SOURCES = Path.of("src/main/java/io/github/subprocess/boot/actuate/endpoint");

	private final String type;

	private final String source;

	SourceJavadoc(Class<?> type) throws IOException {
		this.type = type.getSimpleName();
		this.source = Files.readString(SOURCES.resolve(this.type + ".java"));
	}

	/**
	 * Return the first sentence about the type.
	 */
	String ofType() {
		return firstSentence(before("public (record|class|final class) " + this.type + "\\b"));
	}

	/**
	 * Return the first sentence about a method.
	 */
	String ofMethod(String name) {
		return firstSentence(before("public [^;{}=]*\\b" + name + "\\("));
	}

	/**
	 * Return what is said of the components of the record.
	 */
	Map<String, String> parameters() {
		return parameters(before("public record " + this.type + "\\b"));
	}

	/**
	 * Return what is said of the parameters of a method.
	 */
	Map<String, String> parametersOf(String method) {
		return parameters(before("public [^;{}=]*\\b" + method + "\\("));
	}

	private String before(String declaration) {
		Matcher matcher = Pattern
			.compile("/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@[^\\n]*\\n\\s*)*" + declaration, Pattern.DOTALL)
			.matcher(this.source);
		if (!matcher.find()) {
			throw new AssertionError("No Javadoc before " + declaration + " in " + this.type);
		}
		String text = matcher.group(1)
			.lines()
			.map((line) -> line.strip().replaceFirst("^\\* ?", ""))
			.collect(Collectors.joining(" "))
			.strip();
		return text.replaceAll("\\{@link [^ }]+ ([^}]+)}", "$1").replaceAll("\\{@(?:code|link|value) ([^}]+)}", "`$1`");
	}

	private static String firstSentence(String text) {
		return text.split("(?<=\\.)\\s|\\s@(param|since|return)")[0].strip();
	}

	private static Map<String, String> parameters(String text) {
		Map<String, String> parameters = new LinkedHashMap<>();
		Matcher matcher = Pattern.compile("@param (\\w+) ((?:(?!\\s@(?:param|return|since|throws)).)*)").matcher(text);
		while (matcher.find()) {
			parameters.put(matcher.group(1), matcher.group(2).strip());
		}
		return parameters;
	}

}
