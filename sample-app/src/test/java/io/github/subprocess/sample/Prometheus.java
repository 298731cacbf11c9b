// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;

import static org.awaitility.Awaitility.await;

/**
 * A real Prometheus on a free port of the loopback address, which reads the meters of a
 * service every second. What it stores is below a directory that the test removes.
 */
final class Prometheus implements AutoCloseable {

	private static final Path SERVER = Path.of("/usr/bin/prometheus");

	private static final Path TOOL = Path.of("/usr/bin/promtool");

	private static final int ATTEMPTS = 3;

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ProcessLauncher launcher = ProcessLauncher.create();

	private final String root;

	/**
	 * Start a server and wait until it answers.
	 * @param directory where it keeps everything
	 * @param servicePort where the service is that it reads
	 * @param rules its alerts, in YAML
	 */
	Prometheus(Path directory, int servicePort, String rules) throws IOException {
		Files.writeString(directory.resolve("rules.yml"), rules);
		Files.writeString(directory.resolve("prometheus.yml"), """
				global: { scrape_interval: 1s, evaluation_interval: 1s }
				rule_files: [ rules.yml ]
				scrape_configs:
				  - job_name: file-service
				    metrics_path: /actuator/prometheus
				    static_configs: [ { targets: [ "127.0.0.1:%d" ] } ]
				""".formatted(servicePort));
		try {
			this.root = root(startOnFreePort(directory));
		}
		catch (IOException | RuntimeException ex) {
			close();
			throw ex;
		}
	}

	static boolean isInstalled() {
		return Files.isExecutable(SERVER) && Files.isExecutable(TOOL);
	}

	/**
	 * Run promtool in a directory, and return what it says if it is content.
	 */
	static String promtool(Path directory, String... arguments) {
		try (ProcessLauncher launcher = ProcessLauncher.create()) {
			return launcher.command(TOOL.toString(), arguments)
				.workingDirectory(directory)
				.output(OutputTarget.capture())
				.error(OutputTarget.merge())
				.timeout(Duration.ofMinutes(1))
				.run()
				.outputText();
		}
	}

	/**
	 * Between the look for a port and its use somebody else may take it.
	 */
	private int startOnFreePort(Path directory) throws IOException {
		String end = "";
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = freePort();
			ManagedProcess process = start(directory, port);
			await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive() || isReady(port));
			if (process.isAlive()) {
				return port;
			}
			end = process.result().join().outputText();
		}
		throw new IOException("Prometheus does not start: " + end);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	private ManagedProcess start(Path directory, int port) {
		return this.launcher
			.command(SERVER.toString(), "--config.file=" + directory.resolve("prometheus.yml"),
					"--storage.tsdb.path=" + directory.resolve("data"), "--web.listen-address=127.0.0.1:" + port,
					"--log.level=warn")
			.output(OutputTarget.capture())
			.error(OutputTarget.merge())
			.start();
	}

	private boolean isReady(int port) throws InterruptedException {
		try {
			return get(root(port) + "/-/ready").statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static String root(int port) {
		return "http://127.0.0.1:" + port;
	}

	private HttpResponse<String> get(String address) throws IOException, InterruptedException {
		return this.client.send(
				HttpRequest.newBuilder(URI.create(address)).timeout(Duration.ofSeconds(30)).GET().build(),
				BodyHandlers.ofString());
	}

	private <T> T read(String path, String expression) throws IOException, InterruptedException {
		HttpResponse<String> response = get(this.root + path);
		if (response.statusCode() != 200) {
			throw new IOException(path + " was answered " + response.body());
		}
		return JsonPath.read(response.body(), expression);
	}

	/**
	 * Evaluate an expression now.
	 * @return the value of each series of the answer
	 */
	List<Double> values(String expression) throws IOException, InterruptedException {
		List<String> values = read("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8),
				"$.data.result[*].value[1]");
		return values.stream().map(Prometheus::number).toList();
	}

	private static double number(String value) {
		return switch (value) {
			case "+Inf" -> Double.POSITIVE_INFINITY;
			case "-Inf" -> Double.NEGATIVE_INFINITY;
			default -> Double.parseDouble(value);
		};
	}

	/**
	 * Return the labels of each alert that fires.
	 * @param name of the alert
	 */
	List<Map<String, String>> firing(String name) throws IOException, InterruptedException {
		return read("/api/v1/alerts",
				"$.data.alerts[?(@.state == 'firing' && @.labels.alertname == '" + name + "')].labels");
	}

	/**
	 * Return the health of each rule that was loaded and evaluated, by its name.
	 */
	List<Map<String, String>> rules() throws IOException, InterruptedException {
		return read("/api/v1/rules", "$.data.groups[*].rules[*]['name','health']");
	}

	/**
	 * Ends the server, by its own process group.
	 */
	@Override
	public void close() {
		this.launcher.close();
	}

}
