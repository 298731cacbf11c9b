// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.ProcessExitException;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.ProcessTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Component;

/**
 * Sends a few real files through a few policies at the start, and prints what it cost.
 */
@Component
@ConditionalOnBooleanProperty(name = "sample.batch.enabled", matchIfMissing = true)
class Batch implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(Batch.class);

	private final ProcessLauncher launcher;

	private final BatchFiles files;

	private final List<String> policies;

	Batch(ProcessLauncher launcher, BatchFiles files, BatchProperties properties) {
		this.launcher = launcher;
		this.files = files;
		this.policies = properties.policies();
		// a name that is not on the list ends the start here
		this.policies.forEach(launcher::policy);
	}

	@Override
	public void run(ApplicationArguments args) throws IOException {
		List<BatchRow> rows = new ArrayList<>();
		for (Path file : this.files.find()) {
			for (String policy : this.policies) {
				rows.add(run(policy, file));
			}
		}
		logger.info("Batch of {} runs:{}", rows.size(), BatchTable.of(rows));
	}

	private BatchRow run(String policy, Path file) throws IOException {
		long size = Files.size(file);
		try {
			return new BatchRow(file, policy, size, result(policy, file), null);
		}
		catch (ProcessStartException ex) {
			return new BatchRow(file, policy, size, null, ex);
		}
	}

	private ProcessResult result(String policy, Path file) {
		try {
			return this.launcher.policy(policy).input(file).run();
		}
		catch (ProcessExitException ex) {
			return ex.result();
		}
		catch (ProcessTimeoutException ex) {
			return ex.result();
		}
	}

}
