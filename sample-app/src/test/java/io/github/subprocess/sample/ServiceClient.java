// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.jayway.jsonpath.JsonPath;

/**
 * Talks to the service as a client on the same machine does.
 */
class ServiceClient {

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String root;

	ServiceClient(int port) {
		this.root = "http://127.0.0.1:" + port;
	}

	HttpResponse<byte[]> postFile(String policy, byte[] body) throws IOException, InterruptedException {
		return this.client.send(post("/files/" + policy, BodyPublishers.ofByteArray(body)).build(),
				BodyHandlers.ofByteArray());
	}

	HttpResponse<InputStream> streamFile(String policy, InputStream body) throws IOException, InterruptedException {
		return this.client.send(post("/files/" + policy, BodyPublishers.ofInputStream(() -> body)).build(),
				BodyHandlers.ofInputStream());
	}

	HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = post(path, BodyPublishers.ofString("{}"));
		request.header("Content-Type", "application/json");
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	HttpResponse<String> postJson(String path, String body) throws IOException, InterruptedException {
		HttpRequest.Builder request = post(path, BodyPublishers.ofString(body));
		return this.client.send(request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
	}

	HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(request(path).GET().build(), BodyHandlers.ofString());
	}

	HttpResponse<String> delete(String path) throws IOException, InterruptedException {
		return this.client.send(request(path).DELETE().build(), BodyHandlers.ofString());
	}

	EventStream events(String path, String... headers) throws IOException, InterruptedException {
		HttpRequest.Builder request = request(path).header("Accept", "text/event-stream");
		if (headers.length > 0) {
			request.headers(headers);
		}
		return new EventStream(this.client.send(request.GET().build(), BodyHandlers.ofInputStream()));
	}

	<T> T getJson(String path, String expression) throws IOException, InterruptedException {
		return JsonPath.read(get(path).body(), expression);
	}

	private HttpRequest.Builder post(String path, BodyPublisher body) {
		return request(path).POST(body);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create(this.root + path)).timeout(Duration.ofSeconds(30));
	}

}
