// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Server-sent events as a client gets them. A read waits for the next event, at most as
 * long as the request may take.
 */
class EventStream implements AutoCloseable {

	private final HttpResponse<InputStream> response;

	private final BufferedReader reader;

	EventStream(HttpResponse<InputStream> response) {
		this.response = response;
		this.reader = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
	}

	int statusCode() {
		return this.response.statusCode();
	}

	String contentType() {
		return this.response.headers().firstValue("Content-Type").orElse("");
	}

	/**
	 * Return the next event with its fields by name; empty at the end. Comments are left
	 * out.
	 */
	Map<String, String> next() throws IOException {
		Map<String, String> fields = new HashMap<>();
		String line;
		while ((line = this.reader.readLine()) != null) {
			int colon = line.indexOf(':');
			if (colon > 0) {
				fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
			}
			else if (line.isEmpty() && !fields.isEmpty()) {
				return fields;
			}
		}
		return Map.of();
	}

	/**
	 * Return the next event with this name, however many of others come before.
	 */
	Map<String, String> next(String name) throws IOException {
		Map<String, String> event = next();
		while (!event.isEmpty() && !name.equals(event.get("event"))) {
			event = next();
		}
		return event;
	}

	@Override
	public void close() throws IOException {
		this.reader.close();
	}

}
