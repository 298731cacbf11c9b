// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.GenericContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The conformance program in containers, each with something taken away from it.
 */
class ConformanceTests {

	private static final Pattern COUNTS = Pattern.compile("passed=(\\d+) skipped=(\\d+) failed=(\\d+)");

	private static final OutcomeTable TABLE = new OutcomeTable();

	@BeforeAll
	static void assumeDocker() {
		JavaImage.assumeDocker();
	}

	@AfterAll
	static void tell() throws IOException {
		String[] heads = { "case", "Java", "outcome", "passed", "skipped", "seconds" };
		System.out.println(TABLE.text(heads));
		TABLE.write(Path.of(System.getProperty("containers.table")), heads);
	}

	static Stream<Arguments> cases() {
		boolean all = "all".equals(System.getProperty("containers.cases"));
		return ContainerCases.all()
			.stream()
			.filter((each) -> all || each.core())
			.flatMap((each) -> javas(each, all).map((java) -> Arguments.of(each, java)));
	}

	/**
	 * Of the core cases only the one of an ordinary user runs on both.
	 */
	private static Stream<JavaImage> javas(ContainerCase each, boolean all) {
		return (all || each.name().equals("ordinary user")) ? JavaImage.all().stream() : Stream.of(JavaImage.of(17));
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("cases")
	void outcomeIsTheOneOfTheTable(ContainerCase each, JavaImage java) {
		java.assumeThere();
		long begin = System.nanoTime();
		try (GenericContainer<?> container = new GenericContainer<>(java.image())) {
			container.withCommand(command(each))
				.withCreateContainerCmdModifier((create) -> configure(create, each))
				.withStartupCheckStrategy(new Ended().withTimeout(Duration.ofMinutes(10)));
			container.start();
			Long exitCode = container.getCurrentContainerInfo().getState().getExitCodeLong();
			String said = container.getLogs();
			record(each, java, said, Duration.ofNanos(System.nanoTime() - begin));
			assertThat(exitCode).as(said).isEqualTo(each.expected().exitCode());
			assertThat(said).contains(each.expected().texts());
			if (each.expected().isJvmUp()) {
				assertThat(said).contains(each.found());
			}
		}
	}

	private static void record(ContainerCase each, JavaImage java, String said, Duration duration) {
		Matcher counts = COUNTS.matcher(said);
		boolean counted = counts.find();
		TABLE.add(each.name(), String.valueOf(java.version()), each.expected().outcome(),
				counted ? counts.group(1) : "", counted ? counts.group(2) : "", String.valueOf(duration.toSeconds()));
	}

	private static String[] command(ContainerCase each) {
		List<String> command = new ArrayList<>();
		if (each.shell() != null) {
			command.addAll(List.of("sh", "-c", each.shell(), "sh"));
		}
		command.addAll(List.of("java", "-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
		command.addAll(each.jvmOptions());
		command.addAll(List.of("-Dconformance.fixtures=/fixtures", "-jar", "/conformance.jar", each.behaviours()));
		return command.toArray(String[]::new);
	}

	private static void configure(CreateContainerCmd create, ContainerCase each) {
		HostConfig host = create.getHostConfig();
		assertThat(host).isNotNull();
		Path jar = Path.of(System.getProperty("conformance.jar"));
		assertThat(Files.isRegularFile(jar)).as(jar + " is packed before the tests run").isTrue();
		each.changes().forEach((change) -> change.apply(host));
		host.withNetworkMode("none")
			.withBinds(new Bind(jar.toAbsolutePath().toString(), new Volume("/conformance.jar"), AccessMode.ro))
			.withPortBindings();
		host.withTmpFs(withFixtures(host));
		if (each.user() != null) {
			create.withUser(each.user());
		}
	}

	/**
	 * The programs of the tests need a place where they can be executed, whatever the
	 * case takes from the library.
	 */
	private static Map<String, String> withFixtures(HostConfig host) {
		Map<String, String> mounts = new TreeMap<>();
		if (host.getTmpFs() != null) {
			mounts.putAll(host.getTmpFs());
		}
		mounts.put("/fixtures", "rw,exec,mode=1777");
		return mounts;
	}

}
