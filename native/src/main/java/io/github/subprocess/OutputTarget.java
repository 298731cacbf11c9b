// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Where standard output or standard error of a process goes.
 * <p>
 * Application code that takes output, such as a consumer of lines, is run by the
 * launcher's executor: for one process one call after the other, standard output and
 * standard error together, each call seeing what the calls before it did. Little is read
 * ahead of it, so that a process that is faster waits. When it throws, its process is
 * ended and {@link ProcessOutputException} tells. A result is there only when it has
 * taken everything; after the end of the process that is bounded by the
 * {@linkplain io.github.subprocess.policy.DeadlinesPolicy#drain() drain deadline}.
 *
 * @since 0.1.0
 */
public sealed interface OutputTarget {

	/**
	 * How many characters a line may have unless its target says otherwise.
	 */
	int LONGEST_LINE = 65536;

	/**
	 * How many characters of a line are logged.
	 */
	int LONGEST_LOGGED_LINE = 8192;

	/**
	 * Keep it, bounded by the policy, for the {@link ProcessResult}. It is always read
	 * on, so that the process never blocks.
	 * @return the target
	 */
	static OutputTarget capture() {
		return Capture.INSTANCE;
	}

	/**
	 * A pipe that the application reads: {@link Process#getInputStream()} or
	 * {@link Process#getErrorStream()}. What is not read makes the process block once the
	 * pipe is full.
	 * @return the target
	 */
	static OutputTarget pipe() {
		return Pipe.INSTANCE;
	}

	/**
	 * Throw it away: {@code /dev/null}.
	 * @return the target
	 */
	static OutputTarget discard() {
		return Discard.INSTANCE;
	}

	/**
	 * Where the same stream of the JVM goes.
	 * @return the target
	 */
	static OutputTarget inherit() {
		return Inherit.INSTANCE;
	}

	/**
	 * A file, made or emptied before the start and written by the process itself.
	 * @param path the file
	 * @return the target
	 */
	static OutputTarget file(Path path) {
		return new ToFile(path, false);
	}

	/**
	 * The end of a file, made before the start if need be and written by the process
	 * itself.
	 * @param path the file
	 * @return the target
	 */
	static OutputTarget append(Path path) {
		return new ToFile(path, true);
	}

	/**
	 * Where standard output goes, for standard error alone: both are one open file in the
	 * process, so that what it writes keeps its order. The result has it as output.
	 * @return the target
	 */
	static OutputTarget merge() {
		return Merge.INSTANCE;
	}

	/**
	 * Lines in the log, see {@link #log(System.Logger.Level)}, of level
	 * {@link System.Logger.Level#INFO INFO}.
	 * @return the target
	 */
	static OutputTarget log() {
		return log(System.Logger.Level.INFO);
	}

	/**
	 * Lines of UTF-8 text in the log: of the logger {@code subprocess.} with the name of
	 * the policy, or {@code subprocess} for an ad-hoc command. Each begins with the id of
	 * the process and its pid. A line longer than {@value #LONGEST_LOGGED_LINE}
	 * characters is cut and says so; control characters but the tabulator are replaced.
	 * @param level the level of the lines
	 * @return the target
	 */
	static OutputTarget log(System.Logger.Level level) {
		return new Log(level);
	}

	/**
	 * Lines of UTF-8 text, see {@link #lines(Consumer, Charset, int)}, of at most
	 * {@value #LONGEST_LINE} characters.
	 * @param consumer is given each line
	 * @return the target
	 */
	static OutputTarget lines(Consumer<String> consumer) {
		return lines(consumer, StandardCharsets.UTF_8);
	}

	/**
	 * Lines of text, see {@link #lines(Consumer, Charset, int)}, of at most
	 * {@value #LONGEST_LINE} characters.
	 * @param consumer is given each line
	 * @param charset how the bytes are to be read
	 * @return the target
	 */
	static OutputTarget lines(Consumer<String> consumer, Charset charset) {
		return lines(consumer, charset, LONGEST_LINE);
	}

	/**
	 * Lines of text, each as soon as it is whole. As in {@link String#lines()} a line
	 * ends with a line feed, a carriage return or both, which it is given without; the
	 * last one may do without. Malformed input is replaced.
	 * @param consumer is given each line
	 * @param charset how the bytes are to be read
	 * @param longest the number of characters beyond which a line is cut, from 1 to
	 * 16,777,216; a line that is cut ends with a mark that tells how many are missing
	 * @return the target
	 * @throws IllegalArgumentException if the bound is out of range
	 */
	static OutputTarget lines(Consumer<String> consumer, Charset charset, int longest) {
		return new Lines(consumer, charset, longest);
	}

	/**
	 * A subscriber of this one stream, see {@link #publisher(Consumer)}. It serves one
	 * launch.
	 * @param subscriber gets the bytes
	 * @return the target
	 */
	static OutputTarget subscriber(Flow.Subscriber<? super ByteBuffer> subscriber) {
		Objects.requireNonNull(subscriber, "subscriber");
		return publisher((publisher) -> publisher.subscribe(subscriber));
	}

	/**
	 * A publisher of what the process writes, made for each launch. It accepts one
	 * subscriber. Each buffer is an array of at most 64 KiB of its own, which the
	 * subscriber may keep.
	 * <p>
	 * What is not requested is not read, so that the process blocks once the pipe is
	 * full. {@code onComplete} tells that the output came to its end, not that the
	 * process succeeded; {@code onError} that it was not read to its end: the drain
	 * deadline has passed, or something other than a positive number was requested. After
	 * {@code cancel} the pipe is closed, unless others of a {@link #tee} read it: when
	 * the process writes more it gets SIGPIPE, or EPIPE if it ignores that.
	 * @param consumer is given the publisher, before anything is read, and may subscribe
	 * later
	 * @return the target
	 */
	static OutputTarget publisher(Consumer<Flow.Publisher<ByteBuffer>> consumer) {
		return new Publish(consumer);
	}

	/**
	 * Several targets for the same bytes, all of them fed by the JVM: {@link #capture()},
	 * {@link #lines}, {@link #log()}, {@link #publisher} and {@link #subscriber}, and
	 * files, which are written by the launcher's executor. The slowest of them decides
	 * how fast the process can write.
	 * @param targets one or more targets; a tee among them stands for its parts
	 * @return the target
	 * @throws IllegalArgumentException if there is none, if a target is captured twice,
	 * or if one of them is not fed by the JVM
	 */
	static OutputTarget tee(OutputTarget... targets) {
		return new Tee(List.of(targets));
	}

	/**
	 * See {@link #capture()}.
	 */
	enum Capture implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #pipe()}.
	 */
	enum Pipe implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #discard()}.
	 */
	enum Discard implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #inherit()}.
	 */
	enum Inherit implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #merge()}.
	 */
	enum Merge implements OutputTarget {

		INSTANCE

	}

	/**
	 * See {@link #file(Path)} and {@link #append(Path)}.
	 *
	 * @param path the file
	 * @param append whether what is there stays
	 */
	record ToFile(Path path, boolean append) implements OutputTarget {

	}

	/**
	 * See {@link #log(System.Logger.Level)}.
	 *
	 * @param level the level of the lines
	 */
	record Log(System.Logger.Level level) implements OutputTarget {

		public Log {
			Objects.requireNonNull(level, "level");
		}

	}

	/**
	 * See {@link #lines(Consumer, Charset, int)}.
	 *
	 * @param consumer is given each line
	 * @param charset how the bytes are to be read
	 * @param longest the number of characters beyond which a line is cut
	 */
	record Lines(Consumer<String> consumer, Charset charset, int longest) implements OutputTarget {

		private static final int LARGEST_BOUND = 1 << 24;

		public Lines {
			Objects.requireNonNull(consumer, "consumer");
			Objects.requireNonNull(charset, "charset");
			if (longest < 1 || longest > LARGEST_BOUND) {
				throw new IllegalArgumentException("longest must be between 1 and " + LARGEST_BOUND + ": " + longest);
			}
		}

	}

	/**
	 * See {@link #publisher(Consumer)}.
	 *
	 * @param consumer is given the publisher
	 */
	record Publish(Consumer<Flow.Publisher<ByteBuffer>> consumer) implements OutputTarget {

		public Publish {
			Objects.requireNonNull(consumer, "consumer");
		}

	}

	/**
	 * See {@link #tee(OutputTarget...)}.
	 *
	 * @param targets the targets, no tee among them
	 */
	record Tee(List<OutputTarget> targets) implements OutputTarget {

		public Tee {
			List<OutputTarget> parts = new ArrayList<>();
			for (OutputTarget target : targets) {
				if (target instanceof Tee tee) {
					parts.addAll(tee.targets());
				}
				else {
					parts.add(target);
				}
			}
			if (parts.isEmpty()) {
				throw new IllegalArgumentException("A tee needs at least one target");
			}
			if (parts.stream().filter(Capture.class::isInstance).count() > 1) {
				throw new IllegalArgumentException("A tee must not capture twice");
			}
			parts.forEach(Tee::checkFedByJvm);
			targets = List.copyOf(parts);
		}

		private static void checkFedByJvm(OutputTarget target) {
			if (target instanceof Pipe || target instanceof Discard || target instanceof Inherit
					|| target instanceof Merge) {
				throw new IllegalArgumentException("A tee must not have a target that is not fed by the JVM: "
						+ target.getClass().getSimpleName());
			}
		}

	}

}
