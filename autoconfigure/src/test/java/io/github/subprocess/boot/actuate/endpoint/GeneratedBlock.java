// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stretch of a document that is made by tests, between two comments.
 */
final class GeneratedBlock {

	private final Path document;

	private final String name;

	GeneratedBlock(Path document, String name) {
		this.document = document;
		this.name = name;
	}

	/**
	 * Check that the document has what it should, or write it there with
	 * {@code -Dsubprocess.write-docs=true}.
	 */
	void hasContent(String content) throws IOException {
		String begin = "<!-- begin " + this.name + " -->\n";
		String end = "<!-- end " + this.name + " -->\n";
		String text = Files.readString(this.document);
		int from = text.indexOf(begin);
		int to = text.indexOf(end);
		assertThat(from).as("'" + begin.strip() + "' in " + this.document).isNotNegative();
		assertThat(to).as("'" + end.strip() + "' in " + this.document).isGreaterThan(from);
		String expected = "\n" + content.strip() + "\n\n";
		if (Boolean.getBoolean("subprocess.write-docs")) {
			Files.writeString(this.document, text.substring(0, from + begin.length()) + expected + text.substring(to));
			return;
		}
		assertThat(text.substring(from + begin.length(), to)).as(this.name + " in " + this.document)
			.isEqualTo(expected);
	}

}
