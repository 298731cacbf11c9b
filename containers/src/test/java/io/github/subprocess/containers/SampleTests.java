// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as people run it: an ordinary user, the first process of its container, a
 * root that cannot be written to.
 */
class SampleTests {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Duration LONG = Duration.ofMinutes(4);

	/**
	 * 128 and SIGTERM: the JVM has ended in order.
	 */
	private static final long TERMINATED = 143;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	@BeforeAll
	static void assumeDocker() {
		JavaImage.assumeDocker();
	}

	static Stream<JavaImage> javas() {
		boolean all = "all".equals(System.getProperty("containers.cases"));
		return all ? JavaImage.all().stream() : Stream.of(JavaImage.of(17));
	}

	@ParameterizedTest
	@MethodSource("javas")
	void sampleServesAndEndsInOrder(JavaImage java) throws Exception {
		java.assumeThere();
		try (GenericContainer<?> container = new GenericContainer<>(java.image())) {
			container
				.withCommand("java", "-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar",
						"/sample-app.jar", "--server.port=0")
				.withCreateContainerCmdModifier(SampleTests::configure)
				.waitingFor(Wait.forLogMessage(".*Started SampleApplication.*", 1).withStartupTimeout(LONG));
			container.start();
			Matcher port = PORT.matcher(container.getLogs());
			assertThat(port.find()).as(container.getLogs()).isTrue();
			String root = "http://127.0.0.1:" + port.group(1);
			HttpResponse<String> counted = send(request(root + "/files/count").POST(BodyPublishers.ofString("a b\n")));
			assertThat(counted.body().strip().split("\\s+")).containsExactly("1", "2", "4");
			HttpResponse<String> started = send(
					request(root + "/jobs/patrol").header("Content-Type", "application/json")
						.POST(BodyPublishers.ofString("{}")));
			assertThat(started.statusCode()).isBetween(200, 299);
			assertThat(send(request(root + "/actuator/subprocesses").GET()).body()).contains("patrol");
			container.getDockerClient().stopContainerCmd(container.getContainerId()).withTimeout(60).exec();
			assertThat(container.getCurrentContainerInfo().getState().getExitCodeLong()).as(container.getLogs())
				.isEqualTo(TERMINATED);
		}
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.timeout(LONG).build(), BodyHandlers.ofString());
	}

	private static HttpRequest.Builder request(String address) {
		return HttpRequest.newBuilder(URI.create(address));
	}

	private static void configure(CreateContainerCmd create) {
		Path jar = Path.of(System.getProperty("sample-app.jar"));
		assertThat(Files.isRegularFile(jar)).as(jar + " is packed before the tests run").isTrue();
		HostConfig host = create.getHostConfig();
		assertThat(host).isNotNull();
		// the sample listens on the loopback interface only, so it has to be ours
		host.withNetworkMode("host")
			.withReadonlyRootfs(true)
			.withTmpFs(Map.of("/tmp", "rw,exec,mode=1777"))
			.withBinds(new Bind(jar.toAbsolutePath().toString(), new Volume("/sample-app.jar"), AccessMode.ro));
		create.withUser("1000:1000");
	}

}
