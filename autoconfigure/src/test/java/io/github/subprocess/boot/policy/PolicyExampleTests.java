// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import io.github.subprocess.policy.ProcessPolicy;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example in the documentation is what it says.
 */
class PolicyExampleTests {

	private static final Path DOCUMENT = Path.of("../docs/policies.md");

	@Test
	void isAccepted() throws Exception {
		String document = Files.readString(DOCUMENT);
		int start = document.indexOf("```yaml\n") + "```yaml\n".length();
		String yaml = document.substring(start, document.indexOf("```", start));
		List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("example",
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withInitializer((context) -> context.getEnvironment().getPropertySources().addLast(sources.get(0)))
			// the program and its folders need not be here
			.withPropertyValues("subprocess.validate=warn")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				ProcessPolicy slides = context.getBean(ProcessLauncher.class).policies().get("convert-slides");
				assertThat(slides.deadlines().wall()).isEqualTo(Duration.ofMinutes(5));
				assertThat(slides.deadlines().cpu()).isEqualTo(Duration.ofMinutes(1));
				assertThat(slides.command()).endsWith("{document}");
				assertThat(slides.sandbox().readPaths()).containsExactly(Path.of("/var/spool/in"));
				assertThat(slides.sandbox().isolatesSignals()).isTrue();
			});
	}

}
