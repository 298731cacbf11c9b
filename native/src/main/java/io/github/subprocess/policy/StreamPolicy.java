// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where what a process writes to one of its standard streams goes, unless the launch says
 * so itself. Details belong to their destination: they imply it where it is not named,
 * and another one does not take them over from a policy beneath.
 *
 * @param to where it goes
 * @param file the absolute path of the file, which implies {@link StreamDestination#FILE}
 * @param append whether what is in the file stays, which implies
 * {@link StreamDestination#FILE}; undecided: it is emptied
 * @param logLevel the level of the lines in the log, which implies
 * {@link StreamDestination#LOG}; undecided: {@link LogLevel#INFO}
 * @since 0.1.0
 */
public record StreamPolicy(@Nullable StreamDestination to, @Nullable Path file, @Nullable Boolean append,
		@Nullable LogLevel logLevel) {

	private static final StreamPolicy UNDECIDED = new StreamPolicy(null, null, null, null);

	public StreamPolicy {
		if (file != null && !file.isAbsolute()) {
			throw new IllegalArgumentException("file must be an absolute path: " + file);
		}
		if (logLevel == LogLevel.OFF) {
			throw new IllegalArgumentException("log-level must not be OFF: send the stream to DISCARD");
		}
		to = imply(to, StreamDestination.FILE, "file", file);
		to = imply(to, StreamDestination.FILE, "append", append);
		to = imply(to, StreamDestination.LOG, "log-level", logLevel);
	}

	private static @Nullable StreamDestination imply(@Nullable StreamDestination to, StreamDestination implied,
			String name, @Nullable Object detail) {
		if (detail == null) {
			return to;
		}
		if (to != null && to != implied) {
			throw new IllegalArgumentException("%s must not be set for a stream that goes to %s: it is for one to %s"
				.formatted(name, to, implied));
		}
		return implied;
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static StreamPolicy undecided() {
		return UNDECIDED;
	}

	public StreamPolicy withTo(@Nullable StreamDestination to) {
		return new StreamPolicy(to, this.file, this.append, this.logLevel);
	}

	public StreamPolicy withFile(@Nullable Path file) {
		return new StreamPolicy(this.to, file, this.append, this.logLevel);
	}

	public StreamPolicy withAppend(@Nullable Boolean append) {
		return new StreamPolicy(this.to, this.file, append, this.logLevel);
	}

	public StreamPolicy withLogLevel(@Nullable LogLevel logLevel) {
		return new StreamPolicy(this.to, this.file, this.append, logLevel);
	}

	/**
	 * Return this policy with what is undecided taken from another, as far as that goes
	 * to the same destination.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public StreamPolicy orElse(@Nullable StreamPolicy other) {
		if (other == null || (this.to != null && this.to != other.to)) {
			return this;
		}
		return new StreamPolicy(other.to, ProcessPolicy.first(this.file, other.file),
				ProcessPolicy.first(this.append, other.append), ProcessPolicy.first(this.logLevel, other.logLevel));
	}

}
