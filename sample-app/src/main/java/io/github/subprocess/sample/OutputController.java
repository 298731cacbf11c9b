// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Streams what a process writes as server-sent events, from the end of what it has
 * written to its end. The endpoint hides output as a whole; here it is shown policy by
 * policy, to this machine alone.
 */
@RestController
class OutputController {

	private final ProcessLauncher launcher;

	private final OutputProperties properties;

	private final OutputViewers viewers;

	OutputController(ProcessLauncher launcher, OutputProperties properties, OutputViewers viewers) {
		this.launcher = launcher;
		this.properties = properties;
		this.viewers = viewers;
	}

	@GetMapping(path = "/processes/{id}/output", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter output(@PathVariable String id,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		ProcessSnapshot process = this.launcher.processes()
			.find(id)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no such process"));
		if (!this.properties.isShown(process.policy())) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN,
					"What '" + process.policy() + "' writes is not shown");
		}
		return this.viewers.open(id, OutputPosition.of(lastEventId));
	}

}
