// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.StopReport;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Ends the processes of a launcher when the application stops: after requests that may
 * wait for them and the web server, before the executors that are told of their ends.
 * <p>
 * The lifecycle is not pauseable: a test context that is put aside keeps its processes. A
 * context that is stopped and started again launches again.
 *
 * @since 0.1.0
 */
public class ProcessLauncherLifecycle implements SmartLifecycle {

	/**
	 * The phase: below the phases of web servers, their graceful shutdown
	 * ({@code Integer.MAX_VALUE - 1024}) and their end
	 * ({@code Integer.MAX_VALUE - 2048}).
	 */
	public static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 3072;

	private static final Log logger = LogFactory.getLog(ProcessLauncherLifecycle.class);

	private final ProcessLauncher launcher;

	private volatile boolean running;

	/**
	 * Create a lifecycle.
	 * @param launcher what is stopped
	 */
	public ProcessLauncherLifecycle(ProcessLauncher launcher) {
		this.launcher = launcher;
	}

	@Override
	public void start() {
		// loading began when the launcher was made; what cannot launch must not start
		this.launcher.awaitReady();
		this.launcher.resume();
		this.running = true;
	}

	@Override
	public void stop() {
		try {
			log(this.launcher.stop());
		}
		finally {
			this.running = false;
		}
	}

	@Override
	public void stop(Runnable callback) {
		Thread thread = new Thread(() -> stopAndTell(callback), "subprocess-stop");
		thread.start();
	}

	private void stopAndTell(Runnable callback) {
		try {
			stop();
		}
		catch (RuntimeException ex) {
			logger.warn("Processes could not be ended", ex);
		}
		finally {
			callback.run();
		}
	}

	private void log(StopReport report) {
		if (!report.isClean()) {
			logger.warn(describe(report) + ", left "
					+ report.left().stream().map(ProcessLauncherLifecycle::describe).toList() + ", left of their trees "
					+ report.leftOvers());
		}
		else if (report.ended() + report.forced() > 0) {
			logger.info(describe(report));
		}
		else {
			logger.debug("No processes to end");
		}
	}

	private static String describe(StopReport report) {
		return "Processes ended at shutdown: %d within their grace period, %d by SIGKILL".formatted(report.ended(),
				report.forced());
	}

	private static String describe(ProcessSnapshot process) {
		return "%s (pid %d, policy '%s')".formatted(process.id(), process.pid(), process.policy());
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
