// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to the log, under the name of the policy.
 */
final class LogDelivery implements Delivery {

	private static final String ROOT_NAME = "subprocess";

	private final System.Logger.Level level;

	private @Nullable LineDecoder lines;

	private Followers followers = Followers.NONE;

	LogDelivery(System.Logger.Level level) {
		this.level = level;
	}

	@Override
	public void begin(ProcessIdentity identity) {
		this.followers = identity.followers();
		System.Logger logger = System.getLogger(name(identity.policyName()));
		String prefix = "[" + identity.id() + " " + identity.child().pid() + "] ";
		this.lines = new LineDecoder(StandardCharsets.UTF_8, OutputTarget.LONGEST_LOGGED_LINE,
				(line) -> logger.log(this.level, prefix + harmless(line)));
	}

	private static String name(String policy) {
		return policy.equals(ProcessLauncher.NO_POLICY) ? ROOT_NAME : ROOT_NAME + "." + policy;
	}

	/**
	 * What a process writes must not steer the terminal of whoever reads the log.
	 */
	private static String harmless(String line) {
		if (line.chars().noneMatch(LogDelivery::isControl)) {
			return line;
		}
		StringBuilder harmless = new StringBuilder(line.length());
		line.chars().forEach((c) -> harmless.append(isControl(c) ? '\uFFFD' : (char) c));
		return harmless.toString();
	}

	private static boolean isControl(int c) {
		return Character.isISOControl(c) && c != '\t';
	}

	@Override
	public void deliver(ByteBuffer bytes) {
		LineDecoder lines = this.lines;
		if (lines != null) {
			this.followers.run(() -> lines.deliver(bytes));
		}
	}

	@Override
	public void end() {
		LineDecoder lines = this.lines;
		if (lines != null) {
			this.followers.run(lines::end);
		}
	}

}
