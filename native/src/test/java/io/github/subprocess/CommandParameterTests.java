// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.List;
import java.util.Map;

import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Launches fill in what the command of their policy leaves open.
 */
class CommandParameterTests {

	private final ProcessLauncher launcher = Fixture.launcher()
		.policy("show",
				ProcessPolicy.undecided().withCommand("printf", "%s\\0", "{first}", "--second={second}", "{{}}"))
		.policy("plain", ProcessPolicy.undecided().withCommand("true"))
		.build();

	@AfterEach
	void close() {
		this.launcher.close();
	}

	@Test
	void eachElementArrivesAsOneArgumentWhateverItHolds() {
		for (String value : List.of("", "a b", "'\"", "$HOME * ; `id`", "grüße 🌍", "a\nb", "{second}", "a -b --c")) {
			ProcessResult result = this.launcher.policy("show")
				.parameter("first", value)
				.parameters(Map.of("second", value))
				.arguments("{more}", value)
				.run();
			assertThat(result.outputText())
				.isEqualTo(String.join("\0", value, "--second=" + value, "{}", "{more}", value) + "\0");
		}
	}

	@Test
	void whatIsSetLaterWins() {
		assertThat(this.launcher.policy("show")
			.parameters(Map.of("first", "1", "second", "2"))
			.parameter("first", "3")
			.run()
			.outputText()).isEqualTo("3\0--second=2\0{}\0");
	}

	@Test
	void missingParameterIsRefusedBeforeBirthWithPolicyAndName() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.policy("show").parameter("second", "x").run())
			.withMessageContaining("'show'")
			.withMessageContaining("[first]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.policy("show").start())
			.withMessageContaining("[first, second]");
		assertThat(this.launcher.processes().started()).isZero();
	}

	@Test
	void unknownParameterIsRefusedWithThoseThatThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.policy("show").parameter("frist", "x"))
			.withMessageContaining("'show'")
			.withMessageContaining("'frist'")
			.withMessageContaining("[first, second]");
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.policy("plain").parameter("first", "x"))
			.withMessageContaining("[]");
	}

	@Test
	void valueThatWouldBecomeAnOptionIsRefusedWithPolicyAndNameAndNotShown() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.policy("show").parameters(Map.of("first", "-rf", "second", "x")).run())
			.withMessageContaining("'show'")
			.withMessageContaining("'first'")
			.withMessageNotContaining("-rf");
	}

	@Test
	void valueThatCannotArriveIsRefusedByName() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.launcher.policy("show").parameter("first", "a\0b"))
			.withMessageContaining("parameter 'first'")
			.withMessageContaining("NUL");
	}

	@Test
	void commandsOfCallersHaveNoPlaceholders() {
		assertThat(this.launcher.command("printf", "%s", "{first}").run().outputText()).isEqualTo("{first}");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.launcher.command("printf", "{first}").policy("show").parameter("first", "x"))
			.withMessageContaining("parameter 'first'");
	}

}
