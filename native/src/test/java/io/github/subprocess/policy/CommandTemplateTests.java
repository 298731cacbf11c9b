// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Each element of a command becomes one argument.
 */
class CommandTemplateTests {

	@Test
	void placeholdersAreWholeElementsOrPartsOfThem() {
		CommandTemplate template = CommandTemplate.of(List.of("tool", "{in}", "--size={w}x{h}", "plain"));
		assertThat(template.names()).containsExactlyInAnyOrder("in", "w", "h");
		assertThat(template.fill(Map.of("in", "a b", "w", "1", "h", "2"))).containsExactly("tool", "a b", "--size=1x2",
				"plain");
	}

	@Test
	void onePlaceholderMayOccurOften() {
		assertThat(CommandTemplate.of(List.of("cp", "{name}", "{name}.old")).fill(Map.of("name", "n")))
			.containsExactly("cp", "n", "n.old");
	}

	@Test
	void whatIsFilledInIsNotReadAgain() {
		assertThat(CommandTemplate.of(List.of("echo", "{a}{b}")).fill(Map.of("a", "{b}", "b", "}}")))
			.containsExactly("echo", "{b}}}");
	}

	@Test
	void doubledBracesAreBraces() {
		CommandTemplate template = CommandTemplate.of(List.of("to{{ol", "{{}}", "{{name}}", "{{{name}}}"));
		assertThat(template.names()).containsExactly("name");
		assertThat(template.fill(Map.of("name", "x"))).containsExactly("to{ol", "{}", "{name}", "{x}");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "{", "}", "a{b", "a}b", "{}", "{a b}", "{1}", "{-}", "{--a}", "${", "{a", "{a}}", "{a{b}}" })
	void braceThatBelongsToNoPlaceholderIsRefusedWithItsElement(String element) {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandTemplate.of(List.of("tool", "x", element)))
			.withMessageContaining("command[2]")
			.withMessageContaining("{{ and }}")
			.withMessageMatching(".* at index \\d+");
	}

	@Test
	void elementThatCannotArriveIsRefusedByItsPlace() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandTemplate.of(List.of("tool", "a\0b")))
			.withMessage("command[1] must not hold a NUL character");
		assertThatIllegalArgumentException().isThrownBy(() -> CommandTemplate.of(List.of()))
			.withMessageContaining("command must name a program");
	}

	@Test
	void programMustNotHaveAPlaceholder() {
		assertThatIllegalArgumentException().isThrownBy(() -> CommandTemplate.of(List.of("/usr/bin/{tool}")))
			.withMessageContaining("command[0]");
	}

	@Test
	void missingValuesAreNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CommandTemplate.of(List.of("tool", "{in}", "{out}", "{size}")).fill(Map.of("out", "x")))
			.withMessageContaining("[in, size]");
	}

	@Test
	void valueMustNotBeginAnArgumentWithADash() {
		for (String element : List.of("{file}", "{file}.txt", "{empty}{file}")) {
			assertThatIllegalArgumentException()
				.isThrownBy(
						() -> CommandTemplate.of(List.of("rm", "--", element)).fill(Map.of("file", "-rf", "empty", "")))
				.withMessageContaining("'file'")
				.withMessageContaining("{-file}")
				.withMessageNotContaining("-rf");
		}
	}

	@Test
	void valueMayBeginWithADashWhereTheTemplateSaysSo() {
		CommandTemplate template = CommandTemplate.of(List.of("nice", "{-n}", "--out={n}", "x{n}"));
		assertThat(template.names()).containsExactly("n");
		assertThat(template.fill(Map.of("n", "-5"))).containsExactly("nice", "-5", "--out=-5", "x-5");
	}

}
