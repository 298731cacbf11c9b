// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;

import io.github.subprocess.policy.LogLevel;
import io.github.subprocess.policy.StreamDestination;
import org.jspecify.annotations.Nullable;

import org.springframework.util.unit.DataSize;

/**
 * Where output goes, and what is kept of it.
 *
 * @since 0.1.0
 */
public class OutputProperties {

	/**
	 * Size up to which each captured stream is kept. What is beyond is read, counted and
	 * dropped in the middle.
	 */
	private @Nullable DataSize maxSize;

	/**
	 * Size of the pipes to and from a process, as far as the kernel allows it.
	 */
	private @Nullable DataSize pipeSize;

	private final Stdout stdout = new Stdout();

	private final Stderr stderr = new Stderr();

	public @Nullable DataSize getMaxSize() {
		return this.maxSize;
	}

	public void setMaxSize(@Nullable DataSize maxSize) {
		this.maxSize = maxSize;
	}

	public @Nullable DataSize getPipeSize() {
		return this.pipeSize;
	}

	public void setPipeSize(@Nullable DataSize pipeSize) {
		this.pipeSize = pipeSize;
	}

	public Stdout getStdout() {
		return this.stdout;
	}

	public Stderr getStderr() {
		return this.stderr;
	}

	/**
	 * A standard stream.
	 */
	interface Stream {

		@Nullable StreamDestination getTo();

		@Nullable Path getFile();

		@Nullable Boolean getAppend();

		@Nullable LogLevel getLogLevel();

	}

	/**
	 * Where standard output goes.
	 */
	public static class Stdout implements Stream {

		/**
		 * Where standard output goes unless the launch decides: by default into the
		 * result, or for a process that is only started to its reader. Not to merge.
		 */
		private @Nullable StreamDestination to;

		/**
		 * Absolute path of the file that standard output goes to.
		 */
		private @Nullable Path file;

		/**
		 * Whether standard output is added to what is in its file.
		 */
		private @Nullable Boolean append;

		/**
		 * Level of the lines of standard output in the log; info unless set. Cannot be
		 * off.
		 */
		private @Nullable LogLevel logLevel;

		@Override
		public @Nullable StreamDestination getTo() {
			return this.to;
		}

		public void setTo(@Nullable StreamDestination to) {
			this.to = to;
		}

		@Override
		public @Nullable Path getFile() {
			return this.file;
		}

		public void setFile(@Nullable Path file) {
			this.file = file;
		}

		@Override
		public @Nullable Boolean getAppend() {
			return this.append;
		}

		public void setAppend(@Nullable Boolean append) {
			this.append = append;
		}

		@Override
		public @Nullable LogLevel getLogLevel() {
			return this.logLevel;
		}

		public void setLogLevel(@Nullable LogLevel logLevel) {
			this.logLevel = logLevel;
		}

	}

	/**
	 * Where standard error goes.
	 */
	public static class Stderr implements Stream {

		/**
		 * Where standard error goes unless the launch decides: by default into the
		 * result. With merge it goes where standard output goes.
		 */
		private @Nullable StreamDestination to;

		/**
		 * Absolute path of the file that standard error goes to.
		 */
		private @Nullable Path file;

		/**
		 * Whether standard error is added to what is in its file.
		 */
		private @Nullable Boolean append;

		/**
		 * Level of the lines of standard error in the log; info unless set. Cannot be
		 * off.
		 */
		private @Nullable LogLevel logLevel;

		@Override
		public @Nullable StreamDestination getTo() {
			return this.to;
		}

		public void setTo(@Nullable StreamDestination to) {
			this.to = to;
		}

		@Override
		public @Nullable Path getFile() {
			return this.file;
		}

		public void setFile(@Nullable Path file) {
			this.file = file;
		}

		@Override
		public @Nullable Boolean getAppend() {
			return this.append;
		}

		public void setAppend(@Nullable Boolean append) {
			this.append = append;
		}

		@Override
		public @Nullable LogLevel getLogLevel() {
			return this.logLevel;
		}

		public void setLogLevel(@Nullable LogLevel logLevel) {
			this.logLevel = logLevel;
		}

	}

}
