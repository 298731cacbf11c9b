// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import com.jayway.jsonpath.JsonPath;

/**
 * What happens in a file service on an ordinary day, in a few seconds: most goes well,
 * something fails, something is stuck, and one policy has more to do than it may. Needs
 * the profile {@code lively}.
 */
class LivelyDay implements AutoCloseable {

	private static final int KILOBYTE = 1024;

	private final ServiceClient service;

	private final int port;

	private final Random random = new Random(7);

	private final List<SlowUpload> uploads = new ArrayList<>();

	private final Map<String, String> jobs = new HashMap<>();

	LivelyDay(int port) {
		this.port = port;
		this.service = new ServiceClient(port);
	}

	/**
	 * What has ended when somebody looks.
	 */
	void morning() throws Exception {
		for (String policy : List.of("pdf-export", "pdf-export", "pdf-export", "inbox")) {
			this.service.post("/jobs/" + policy);
		}
		for (int file = 0; file < 40; file++) {
			this.service.postFile("thumbnail", picture(20 + this.random.nextInt(400)));
			this.service.postFile("checksum", picture(1 + this.random.nextInt(4000)));
			if (file % 4 == 0) {
				this.service.postFile("compress", picture(200 + this.random.nextInt(1000)));
				this.service.postFile("count", picture(30));
			}
		}
	}

	/**
	 * What is going on when somebody looks.
	 */
	void noon() throws Exception {
		start("fetch");
		start("nightly-backup");
		start("ocr");
		start("virus-scan");
		start("transcode");
		upload("checksum", 300);
		for (int file = 0; file < 5; file++) {
			upload("compress", 40);
		}
	}

	/**
	 * What has just happened when somebody looks.
	 */
	void lastMinute() throws Exception {
		String cancelled = start("ocr");
		this.service.post("/actuator/subprocesses/" + cancelled);
		String killed = start("transcode");
		this.service.delete("/actuator/subprocesses/" + killed);
		this.service.postFile("thumbnail", "no picture".getBytes());
		this.service.postFile("decompress", picture(3));
		this.service.postFile("checksum", picture(900));
		this.service.postFile("thumbnail", picture(80));
		this.service.postFile("count", picture(80));
		this.service.post("/actuator/subprocesses/" + job("nightly-backup"));
	}

	/**
	 * The id of the first job of a policy.
	 */
	String job(String policy) {
		return this.jobs.get(policy);
	}

	private String start(String policy) throws IOException, InterruptedException {
		String id = JsonPath.read(this.service.post("/jobs/" + policy).body(), "$.id");
		this.jobs.putIfAbsent(policy, id);
		return id;
	}

	private void upload(String policy, int kilobytes) throws IOException {
		this.uploads.add(new SlowUpload(this.port, policy, picture(kilobytes)));
	}

	private byte[] picture(int kilobytes) {
		byte[] bytes = new byte[kilobytes * KILOBYTE];
		this.random.nextBytes(bytes);
		System.arraycopy("GIF8".getBytes(), 0, bytes, 0, 4);
		return bytes;
	}

	/**
	 * Kill what is left, and wait for nobody.
	 */
	@Override
	public void close() throws IOException, InterruptedException {
		for (SlowUpload upload : this.uploads) {
			upload.close();
		}
		Map<String, Object> live = this.service.getJson("/actuator/subprocesses", "$.subprocesses");
		for (String id : live.keySet()) {
			this.service.delete("/actuator/subprocesses/" + id);
		}
	}

}
