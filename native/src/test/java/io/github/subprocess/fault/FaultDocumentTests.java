// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code docs/faults.md} says besides the tables of system calls names tests that
 * are there, and each test of such faults has its row.
 */
class FaultDocumentTests {

	private static final Pattern NAME = Pattern.compile("\\| `([\\w.]+)#(\\w+)` \\|\\n");

	private static final List<Class<?>> TESTS = List.of(KilledTests.class, ShortageTests.class, FullDiskTests.class,
			PressureTests.class);

	private final List<String> named;

	FaultDocumentTests() throws Exception {
		this.named = NAME.matcher(Files.readString(Path.of("../docs/faults.md")))
			.results()
			.map((MatchResult name) -> name.group(1) + "#" + name.group(2))
			.toList();
	}

	@Test
	void eachRowNamesATest() throws Exception {
		assertThat(this.named).hasSizeGreaterThan(15);
		for (String name : this.named) {
			String[] parts = name.split("#");
			assertThat(Class.forName("io.github.subprocess." + parts[0]).getDeclaredMethods()).as(name)
				.anyMatch((method) -> method.getName().equals(parts[1]));
		}
	}

	@Test
	void eachTestHasARow() {
		for (Class<?> type : TESTS) {
			assertThat(type.getAnnotation(Tag.class).value()).isEqualTo("fault");
			Arrays.stream(type.getDeclaredMethods())
				.filter((method) -> method.isAnnotationPresent(Test.class))
				.forEach((method) -> assertThat(this.named)
					.contains("fault." + type.getSimpleName() + "#" + method.getName()));
		}
	}

}
