// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.net.URI;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Starts the program of a policy in the background. From then on the launcher looks after
 * it: its output and its errors are read, in the order in which they are written, its
 * timeout holds, and it is ended with the application.
 */
@RestController
class JobController {

	private final ProcessLauncher launcher;

	JobController(ProcessLauncher launcher) {
		this.launcher = launcher;
	}

	@PostMapping("/jobs/{policy}")
	ResponseEntity<Job> start(@PathVariable String policy) {
		ManagedProcess process = this.launcher.policy(policy)
			.output(OutputTarget.capture())
			.error(OutputTarget.merge())
			.start();
		return ResponseEntity.accepted()
			.location(URI.create("/actuator/subprocesses/" + process.id()))
			.body(new Job(process.id(), process.pid()));
	}

}
