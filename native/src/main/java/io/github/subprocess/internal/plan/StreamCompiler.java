// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Path;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.policy.LogLevel;
import io.github.subprocess.policy.OutputPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.StreamPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Compiles what a policy has decided on the standard streams.
 */
public final class StreamCompiler {

	static final String STDOUT = "output.stdout";

	static final String STDERR = "output.stderr";

	private StreamCompiler() {
	}

	/**
	 * Return where standard output goes.
	 * @param policy what decides
	 * @return the target, or {@code null} if that is undecided
	 * @throws IllegalArgumentException if it goes to a file that is not named
	 */
	public static @Nullable OutputTarget output(ProcessPolicy policy) {
		OutputPolicy output = policy.output();
		return (output != null) ? compile(STDOUT, output.stdout()) : null;
	}

	/**
	 * Return where standard error goes.
	 * @param policy what decides
	 * @return the target, or {@code null} if that is undecided
	 * @throws IllegalArgumentException if it goes to a file that is not named
	 */
	public static @Nullable OutputTarget error(ProcessPolicy policy) {
		OutputPolicy output = policy.output();
		return (output != null) ? compile(STDERR, output.stderr()) : null;
	}

	private static @Nullable OutputTarget compile(String stream, @Nullable StreamPolicy policy) {
		if (policy == null || policy.to() == null) {
			return null;
		}
		return switch (policy.to()) {
			case CAPTURE -> OutputTarget.capture();
			case DISCARD -> OutputTarget.discard();
			case INHERIT -> OutputTarget.inherit();
			case MERGE -> OutputTarget.merge();
			case LOG -> OutputTarget.log(level(policy.logLevel()));
			case FILE -> new OutputTarget.ToFile(file(stream, policy), Boolean.TRUE.equals(policy.append()));
		};
	}

	private static Path file(String stream, StreamPolicy policy) {
		Path file = policy.file();
		if (file == null) {
			throw new IllegalArgumentException(
					stream + " goes to a file that is not named: set '" + stream + ".file' too");
		}
		return file;
	}

	private static System.Logger.Level level(@Nullable LogLevel level) {
		return switch ((level != null) ? level : LogLevel.INFO) {
			case OFF -> System.Logger.Level.OFF;
			case TRACE -> System.Logger.Level.TRACE;
			case DEBUG -> System.Logger.Level.DEBUG;
			case INFO -> System.Logger.Level.INFO;
			case WARN -> System.Logger.Level.WARNING;
			case ERROR -> System.Logger.Level.ERROR;
		};
	}

}
