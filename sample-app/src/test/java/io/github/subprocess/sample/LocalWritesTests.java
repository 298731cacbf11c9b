// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may start and stop programs.
 */
@FileServiceTest
class LocalWritesTests {

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@ValueSource(strings = { "/jobs/checksum", "/files/checksum", "/actuator/subprocesses/00000000",
			"/actuator/subprocesses" })
	void pageOfAnotherSiteIsRefused(String path) throws Exception {
		ServiceClient service = new ServiceClient(this.port);
		assertThat(service.post(path, "Origin", "https://example.org").statusCode()).isEqualTo(403);
		assertThat(service.post(path, "Origin", "null").statusCode()).isEqualTo(403);
		assertThat(service.post(path, "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
		assertThat(service.post(path, "Sec-Fetch-Site", "same-site").statusCode()).isEqualTo(403);
	}

	@Test
	void ownPageIsNot() throws Exception {
		assertThat(new ServiceClient(this.port)
			.post("/jobs/checksum", "Origin", "http://127.0.0.1:" + this.port, "Sec-Fetch-Site", "same-origin")
			.statusCode()).isEqualTo(202);
	}

	@Test
	void otherMachineIsRefused() throws Exception {
		assertThat(statusFor("POST", "192.0.2.7", "localhost")).isEqualTo(403);
		assertThat(statusFor("DELETE", "2001:db8::7", "localhost")).isEqualTo(403);
	}

	@Test
	void otherMachineMayRead() throws Exception {
		assertThat(statusFor("GET", "192.0.2.7", "monitored.example.org")).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/processes/7f3a9c21/output", "/Processes/7f3a9c21/output",
			"/processes;a=b/7f3a9c21/output", "//processes/7f3a9c21/output", "/%70rocesses/7f3a9c21/output" })
	void otherMachineMayNotReadWhatProgramsWrite(String path) throws Exception {
		assertThat(statusFor("GET", path, "192.0.2.7", "localhost")).isEqualTo(403);
		assertThat(statusFor("GET", path, "127.0.0.1", "rebound.example.org")).isEqualTo(403);
		assertThat(statusFor("GET", path, "127.0.0.1", "localhost")).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "127.8.9.10", "::1", "0:0:0:0:0:0:0:1", "::ffff:127.0.0.1" })
	void thisMachineMayWrite(String address) throws Exception {
		assertThat(statusFor("POST", address, "localhost")).isEqualTo(200);
	}

	@Test
	void nameThatWasMadeToPointHereIsRefused() throws Exception {
		assertThat(statusFor("POST", "127.0.0.1", "rebound.example.org")).isEqualTo(403);
	}

	private int statusFor(String method, String address, String serverName) throws ServletException, IOException {
		return statusFor(method, "/jobs/checksum", address, serverName);
	}

	private int statusFor(String method, String path, String address, String serverName)
			throws ServletException, IOException {
		MockHttpServletRequest request = new MockHttpServletRequest(method, path);
		request.setRemoteAddr(address);
		request.setServerName(serverName);
		MockHttpServletResponse response = new MockHttpServletResponse();
		new LocalWritesFilter().doFilter(request, response, new MockFilterChain());
		return response.getStatus();
	}

}
