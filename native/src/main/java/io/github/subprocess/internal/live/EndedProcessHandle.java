// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The handle of a process that has ended before anybody asked for one: the JDK makes none
 * then. It does what the JDK's does for a process that is not alive.
 *
 * @param pid its process id, which may belong to another process by now
 */
record EndedProcessHandle(long pid) implements ProcessHandle {

	@Override
	public Optional<ProcessHandle> parent() {
		return Optional.empty();
	}

	@Override
	public Stream<ProcessHandle> children() {
		return Stream.empty();
	}

	@Override
	public Stream<ProcessHandle> descendants() {
		return Stream.empty();
	}

	@Override
	public Info info() {
		return new NoInfo();
	}

	@Override
	public CompletableFuture<ProcessHandle> onExit() {
		return CompletableFuture.completedFuture(this);
	}

	@Override
	public boolean supportsNormalTermination() {
		return true;
	}

	@Override
	public boolean destroy() {
		return false;
	}

	@Override
	public boolean destroyForcibly() {
		return false;
	}

	@Override
	public boolean isAlive() {
		return false;
	}

	@Override
	public int compareTo(ProcessHandle other) {
		return Long.compare(this.pid, other.pid());
	}

	@Override
	public String toString() {
		return String.valueOf(this.pid);
	}

	/**
	 * Nobody can tell any more.
	 */
	private record NoInfo() implements Info {

		@Override
		public Optional<String> command() {
			return Optional.empty();
		}

		@Override
		public Optional<String> commandLine() {
			return Optional.empty();
		}

		@Override
		public Optional<String[]> arguments() {
			return Optional.empty();
		}

		@Override
		public Optional<Instant> startInstant() {
			return Optional.empty();
		}

		@Override
		public Optional<Duration> totalCpuDuration() {
			return Optional.empty();
		}

		@Override
		public Optional<String> user() {
			return Optional.empty();
		}

	}

	/**
	 * Asks the JDK for the handle of a child as long as its pid is its own.
	 */
	static final class Source {

		private final long pid;

		private @Nullable ProcessHandle handle;

		private boolean ended;

		Source(long pid) {
			this.pid = pid;
		}

		synchronized ProcessHandle handle() {
			if (this.handle == null) {
				this.handle = this.ended ? new EndedProcessHandle(this.pid)
						: ProcessHandle.of(this.pid).orElseGet(() -> new EndedProcessHandle(this.pid));
			}
			return this.handle;
		}

		/**
		 * The process has ended; its pid is its own until it is reaped, which comes after
		 * this has returned.
		 */
		synchronized void ended() {
			this.ended = true;
		}

	}

}
