// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import org.jspecify.annotations.Nullable;

/**
 * Where what a process writes goes, how much of it is kept, and how much may be under
 * way.
 *
 * @param maxBytes how many bytes of each captured stream are kept; what is beyond that is
 * read, counted and dropped in the middle
 * @param pipeBytes how many bytes the kernel holds in each pipe between the process and
 * the JVM, from 4096 to 1 GiB, rounded up to a power of two of pages. More than the 64
 * KiB that a pipe holds from birth is asked for when the pipe was found to be full. What
 * the kernel does not allow is done without: an ordinary user has 64 MiB of pipes in all
 * and 1 MiB for one (pipe(7))
 * @param stdout where standard output goes unless the launch says so; undecided: into the
 * result for {@code run()}, through a pipe for {@code start()}. Between the stages of a
 * pipeline it has no say
 * @param stderr where standard error goes unless the launch says so; undecided: into the
 * result
 * @since 0.1.0
 */
public record OutputPolicy(@Nullable Long maxBytes, @Nullable Integer pipeBytes, @Nullable StreamPolicy stdout,
		@Nullable StreamPolicy stderr) {

	/**
	 * The largest bound for a captured stream: what fits into a Java array.
	 */
	public static final long LARGEST_MAX_BYTES = 1L << 30;

	private static final OutputPolicy UNDECIDED = new OutputPolicy(null, null, null, null);

	private static final int SMALLEST_PIPE = 4096;

	private static final int LARGEST_PIPE = 1 << 30;

	public OutputPolicy {
		if (maxBytes != null && (maxBytes < 0 || maxBytes > LARGEST_MAX_BYTES)) {
			throw new IllegalArgumentException(
					"output.max-size must be between 0 and " + LARGEST_MAX_BYTES + " bytes: " + maxBytes);
		}
		ProcessPolicy.checkBetween("output.pipe-size", pipeBytes, SMALLEST_PIPE, LARGEST_PIPE);
		stdout = StreamPolicy.undecided().equals(stdout) ? null : stdout;
		stderr = StreamPolicy.undecided().equals(stderr) ? null : stderr;
		if (stdout != null && stdout.to() == StreamDestination.MERGE) {
			throw new IllegalArgumentException(
					"output.stdout.to must not be MERGE: standard error can be merged into standard output only");
		}
	}

	/**
	 * Create a policy that leaves it undecided where streams go.
	 * @param maxBytes how many bytes of each captured stream are kept
	 * @param pipeBytes how many bytes the kernel holds in each pipe
	 */
	public OutputPolicy(@Nullable Long maxBytes, @Nullable Integer pipeBytes) {
		this(maxBytes, pipeBytes, null, null);
	}

	/**
	 * Return a policy that decides nothing.
	 * @return the policy to start from
	 */
	public static OutputPolicy undecided() {
		return UNDECIDED;
	}

	public OutputPolicy withMaxBytes(@Nullable Long maxBytes) {
		return new OutputPolicy(maxBytes, this.pipeBytes, this.stdout, this.stderr);
	}

	public OutputPolicy withPipeBytes(@Nullable Integer pipeBytes) {
		return new OutputPolicy(this.maxBytes, pipeBytes, this.stdout, this.stderr);
	}

	public OutputPolicy withStdout(@Nullable StreamPolicy stdout) {
		return new OutputPolicy(this.maxBytes, this.pipeBytes, stdout, this.stderr);
	}

	public OutputPolicy withStderr(@Nullable StreamPolicy stderr) {
		return new OutputPolicy(this.maxBytes, this.pipeBytes, this.stdout, stderr);
	}

	/**
	 * Return this policy with what is undecided taken from another.
	 * @param other the policy beneath, or {@code null}
	 * @return the merged policy
	 */
	public OutputPolicy orElse(@Nullable OutputPolicy other) {
		if (other == null) {
			return this;
		}
		return new OutputPolicy(ProcessPolicy.first(this.maxBytes, other.maxBytes),
				ProcessPolicy.first(this.pipeBytes, other.pipeBytes),
				(this.stdout != null) ? this.stdout.orElse(other.stdout) : other.stdout,
				(this.stderr != null) ? this.stderr.orElse(other.stderr) : other.stderr);
	}

}
