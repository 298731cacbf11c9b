// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.ProcessInspection;
import io.github.subprocess.ProcessRegistry;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot.State;
import org.jspecify.annotations.Nullable;

import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Somebody who looks on while a process writes. One look comes after the other, never two
 * at once.
 */
final class OutputViewer {

	/**
	 * How much is shown of what had been written before, and of what is written between
	 * two looks.
	 */
	static final int LONGEST_LOOK = 16384;

	/**
	 * A client that has gone is noticed when it is written to.
	 */
	private static final int LOOKS_PER_HEARTBEAT = 30;

	private final ProcessRegistry processes;

	private final String id;

	private final SseEmitter emitter;

	private final OutputFollower output;

	private final OutputFollower error;

	private int quietLooks;

	OutputViewer(ProcessRegistry processes, String id, OutputPosition from, SseEmitter emitter) {
		this.processes = processes;
		this.id = id;
		this.emitter = emitter;
		this.output = new OutputFollower("output", from.output());
		this.error = new OutputFollower("error", from.error());
	}

	SseEmitter emitter() {
		return this.emitter;
	}

	/**
	 * Send what is new, and the end when the process has ended.
	 * @return whether there may be more
	 * @throws IOException if the client has gone
	 */
	boolean look() throws IOException {
		Optional<ProcessInspection> inspection = this.processes.inspect(this.id, LONGEST_LOOK);
		if (inspection.isEmpty()) {
			send("forgotten", Map.of());
			return false;
		}
		boolean sent = send(this.output, inspection.get().outputTail());
		sent |= send(this.error, inspection.get().errorTail());
		if (inspection.get().snapshot().state() == State.ENDED) {
			send("end", end(inspection.get().snapshot().result()));
			return false;
		}
		this.quietLooks = sent ? 0 : this.quietLooks + 1;
		if (this.quietLooks % LOOKS_PER_HEARTBEAT == 1) {
			this.emitter.send(SseEmitter.event().comment("still here"));
		}
		return true;
	}

	private boolean send(OutputFollower follower, CapturedOutput tail) throws IOException {
		OutputChunk chunk = follower.next(tail);
		if (chunk == null) {
			return false;
		}
		send("output", chunk);
		return true;
	}

	private void send(String name, Object data) throws IOException {
		OutputPosition position = new OutputPosition(this.output.position(), this.error.position());
		this.emitter.send(SseEmitter.event().name(name).id(position.toString()).data(data, MediaType.APPLICATION_JSON));
	}

	private static Map<String, Object> end(@Nullable ProcessResult result) {
		return (result != null) ? Map.of("outcome", result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'),
				"status", result.status().toString()) : Map.of();
	}

}
