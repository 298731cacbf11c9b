// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * An upload that has begun and does not end: its program waits for the rest, or the
 * request for a place.
 */
class SlowUpload implements AutoCloseable {

	private static final int ANNOUNCED = 1 << 30;

	private final Socket socket;

	SlowUpload(int port, String policy, byte[] beginning) throws IOException {
		this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
		OutputStream output = this.socket.getOutputStream();
		output.write("POST /files/%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: %d\r\n\r\n"
			.formatted(policy, port, ANNOUNCED)
			.getBytes(StandardCharsets.US_ASCII));
		output.write(beginning);
		output.flush();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
