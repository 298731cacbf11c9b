// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.SubprocessException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Streams a request body through the program of a policy and its output back. The three
 * go at the pace of the slowest, and a body of any size needs the same little memory.
 */
@RestController
class FileController {

	private final ProcessLauncher launcher;

	FileController(ProcessLauncher launcher) {
		this.launcher = launcher;
	}

	@PostMapping("/files/{policy}")
	void run(@PathVariable String policy, HttpServletRequest request, HttpServletResponse response) throws IOException {
		try (RequestBody body = new RequestBody(request.getInputStream())) {
			this.launcher.policy(policy).input(body).exchange((process) -> respond(process, response));
		}
		catch (SubprocessException ex) {
			if (response.isCommitted()) {
				throw new ResponseAbortedException(policy, ex);
			}
			response.resetBuffer();
			response.setContentType(null);
			throw ex;
		}
	}

	private ProcessResult respond(ManagedProcess process, HttpServletResponse response) throws IOException {
		response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
		process.getInputStream().transferTo(response.getOutputStream());
		return process.awaitSuccess();
	}

}
