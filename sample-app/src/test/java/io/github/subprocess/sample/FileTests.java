// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/**
 * Files through programs.
 */
@FileServiceTest
class FileTests {

	@LocalServerPort
	private int port;

	private ServiceClient service;

	@BeforeEach
	void setUp() {
		this.service = new ServiceClient(this.port);
	}

	@Test
	void checksumIsTheOneThatJavaComputes() throws Exception {
		byte[] body = noise(100_000);
		String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
		HttpResponse<byte[]> response = this.service.postFile("checksum", body);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(text(response)).isEqualTo(digest + "  -\n");
	}

	@Test
	void emptyBodyIsAFileToo() throws Exception {
		assertThat(text(this.service.postFile("count", new byte[0])).strip().split("\\s+")).containsExactly("0", "0",
				"0");
	}

	@Test
	void compressedFileCanBeDecompressed() throws Exception {
		byte[] body = noise(4_000_000);
		HttpResponse<InputStream> compressed = this.service.streamFile("compress", new ByteArrayInputStream(body));
		HttpResponse<InputStream> decompressed = this.service.streamFile("decompress", compressed.body());
		assertThat(decompressed.body().readAllBytes()).isEqualTo(body);
	}

	@Test
	void environmentOfThePolicyIsAddedToTheDefaults() throws Exception {
		byte[] body = "b\nB\na\n".getBytes(StandardCharsets.UTF_8);
		assertThat(text(this.service.postFile("sort", body))).isEqualTo("B\na\nb\n");
	}

	@Test
	void programNeedNotReadAll() throws Exception {
		byte[] body = ("first\n" + "more\n".repeat(100_000)).getBytes(StandardCharsets.UTF_8);
		assertThat(text(this.service.postFile("first-line", body))).isEqualTo("first\n");
		assertThat(text(this.service.postFile("count", new byte[0]))).contains("0");
	}

	@Test
	void missingProgramIsNamedWithItsStep() throws Exception {
		HttpResponse<byte[]> response = this.service.postFile("missing-program", noise(10));
		assertProblem(response, 422);
		assertThat(property(response, "step")).isEqualTo("exec");
		assertThat(property(response, "errno")).isEqualTo("ENOENT");
		assertThat(property(response, "subject")).isEqualTo("/opt/file-service/bin/convert");
		assertThat(property(response, "policy")).isEqualTo("missing-program");
	}

	@Test
	void missingDirectoryIsNotTakenForAMissingProgram() throws Exception {
		HttpResponse<byte[]> response = this.service.postFile("missing-directory", noise(10));
		assertProblem(response, 422);
		assertThat(property(response, "step")).isEqualTo("chdir");
		assertThat(property(response, "errno")).isEqualTo("ENOENT");
		assertThat(property(response, "subject")).isEqualTo("/srv/file-service/inbox");
	}

	@Test
	void unknownPolicyIsNotFound() throws Exception {
		HttpResponse<byte[]> response = this.service.postFile("format-disk", noise(10));
		assertProblem(response, 404);
		assertThat(text(response)).contains("format-disk").contains("checksum");
	}

	@Test
	void failureBeforeAnyOutputIsAProblem() throws Exception {
		HttpResponse<byte[]> response = this.service.postFile("decompress", "no gzip".getBytes(StandardCharsets.UTF_8));
		assertProblem(response, 502);
		assertThat(property(response, "status")).isEqualTo("exit code 1");
		assertThat(property(response, "outcome")).isEqualTo("failure");
		assertThat(property(response, "stderr")).contains("not in gzip format");
	}

	@Test
	void failureAfterSomeOutputAbortsTheResponse() throws Exception {
		HttpResponse<InputStream> response = this.service.streamFile("half", InputStream.nullInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThatIOException().isThrownBy(() -> response.body().readAllBytes());
	}

	@Test
	void bodyThatEndsTooEarlyIsNotTakenForAWholeOne() throws Exception {
		int before = this.service.<Integer>getJson("/actuator/subprocesses", "$.started");
		assertThatIOException().isThrownBy(() -> this.service.streamFile("checksum", new BrokenStream()));
		await().untilAsserted(() -> {
			assertThat(this.service.<Integer>getJson("/actuator/subprocesses", "$.started")).isGreaterThan(before);
			assertThat(this.service.<String>getJson("/actuator/subprocesses", "$.recent[0].outcome"))
				.isEqualTo("cancelled");
		});
	}

	@Test
	void programThatTakesTooLongIsEnded() throws Exception {
		HttpResponse<byte[]> response = this.service.postFile("nap", noise(10));
		assertProblem(response, 504);
		assertThat(property(response, "outcome")).isEqualTo("timeout");
		assertThat(property(response, "timeout")).isEqualTo("PT0.3S");
	}

	private static void assertProblem(HttpResponse<byte[]> response, int status) {
		assertThat(response.statusCode()).isEqualTo(status);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
	}

	private static String property(HttpResponse<byte[]> response, String name) {
		return JsonPath.read(text(response), "$." + name);
	}

	private static String text(HttpResponse<byte[]> response) {
		return new String(response.body(), StandardCharsets.UTF_8);
	}

	private static byte[] noise(int size) {
		byte[] bytes = new byte[size];
		new Random(42).nextBytes(bytes);
		return bytes;
	}

	/**
	 * Breaks after some bytes have been sent.
	 */
	private static final class BrokenStream extends InputStream {

		private int left = 100_000;

		@Override
		public int read() throws IOException {
			if (this.left-- > 0) {
				return 'x';
			}
			throw new IOException("broken");
		}

	}

}
