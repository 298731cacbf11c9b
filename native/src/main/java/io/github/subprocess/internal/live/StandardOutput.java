// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.util.List;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * This side's end of standard output or standard error of a process, where it has one.
 */
final class StandardOutput {

	static final StandardOutput NONE = new StandardOutput(null, null);

	private final @Nullable PipeInputStream stream;

	private final @Nullable OutputReader reader;

	private StandardOutput(@Nullable PipeInputStream stream, @Nullable OutputReader reader) {
		this.stream = stream;
		this.reader = reader;
	}

	/**
	 * Open an output.
	 * @param io the descriptor calls
	 * @param loop what will watch it
	 * @param target where it goes
	 * @param number what it is in the child
	 * @param sinks makes what this side feeds
	 * @param pipeBytes how much its pipe should hold
	 * @param childEnds gets the child's end
	 * @return the output
	 * @throws SystemCallFailure if it cannot be opened
	 * @throws StreamOpenFailure if a file of a tee cannot be opened
	 */
	static StandardOutput open(DescriptorIo io, EventLoop loop, OutputTarget target, int number, OutputSinks sinks,
			int pipeBytes, ChildEnds childEnds) throws SystemCallFailure, StreamOpenFailure {
		if (target instanceof OutputTarget.Inherit) {
			return NONE;
		}
		if (target instanceof OutputTarget.Merge) {
			childEnds.share(1, number);
			return NONE;
		}
		if (target instanceof OutputTarget.Discard) {
			childEnds.addNullDevice(number);
			return NONE;
		}
		if (target instanceof OutputTarget.ToFile file) {
			childEnds.add(io.openForWriting(file.path(), file.append()), number);
			return NONE;
		}
		// a file may be what cannot be opened, so it comes first
		List<OutputSink> fed = (target instanceof OutputTarget.Pipe) ? List.of() : sinks.of(target);
		DescriptorIo.Pipe pipe;
		try {
			pipe = io.pipe(true);
		}
		catch (SystemCallFailure ex) {
			fed.forEach(OutputSink::abandon);
			throw ex;
		}
		childEnds.add(pipe.childEnd(), number);
		PipeRoom room = new PipeRoom(io, pipe.parentEnd(), pipeBytes);
		if (target instanceof OutputTarget.Pipe) {
			return new StandardOutput(new PipeInputStream(OutputEnd.ofPipe(io, pipe.parentEnd()), loop, room), null);
		}
		return new StandardOutput(null, new OutputReader(OutputEnd.ofPipe(io, pipe.parentEnd()), loop, room, fed));
	}

	/**
	 * Read a terminal, whose output has to be taken even where it is to go nowhere.
	 */
	static StandardOutput ofTerminal(DescriptorIo io, EventLoop loop, OutputTarget target, List<OutputSink> fed,
			int descriptor) {
		PipeRoom room = new PipeRoom(io, descriptor, 0);
		if (target instanceof OutputTarget.Pipe) {
			return new StandardOutput(new PipeInputStream(OutputEnd.ofTerminal(io, descriptor), loop, room), null);
		}
		return new StandardOutput(null, new OutputReader(OutputEnd.ofTerminal(io, descriptor), loop, room, fed));
	}

	/**
	 * Return what is fed by this side when it reads a terminal.
	 */
	static List<OutputSink> fedByTerminal(OutputTarget target, OutputSinks sinks) throws StreamOpenFailure {
		boolean feedsNone = target instanceof OutputTarget.Pipe || target instanceof OutputTarget.Discard;
		return feedsNone ? List.of() : sinks.of(target);
	}

	/**
	 * Begin to read. Runs on the event loop.
	 */
	void begin(StreamOwner owner) {
		if (this.reader != null) {
			this.reader.begin(owner);
		}
	}

	InputStream forApplication() {
		return (this.stream != null) ? this.stream : InputStream.nullInputStream();
	}

	/**
	 * Return whether this side has not yet read and passed on what it is to.
	 */
	boolean isBusy() {
		return this.reader != null && !this.reader.isDone();
	}

	/**
	 * Return whether what the process writes here is read by this side.
	 */
	boolean isHeard() {
		return this.reader != null || this.stream != null;
	}

	/**
	 * Return when the process was last heard of here, on the monotonic clock.
	 * @param never what to return when nobody listens
	 * @return the time
	 */
	long lastHeardNanos(long never) {
		if (this.reader != null) {
			return this.reader.lastHeardNanos();
		}
		return (this.stream != null) ? this.stream.lastHeardNanos() : never;
	}

	/**
	 * What the process wrote for the application is taken over. Runs on the event loop.
	 */
	void processEnded() {
		if (this.stream != null) {
			this.stream.takeOverLeftover();
		}
	}

	/**
	 * Read no more of what this side was to read.
	 */
	void stopReading() {
		if (this.reader != null) {
			this.reader.abandon();
		}
	}

	/**
	 * The application reads no more.
	 */
	void closeStream() {
		if (this.stream != null) {
			this.stream.close();
		}
	}

	CapturedOutput toTail(int maxBytes) {
		return (this.reader != null) ? this.reader.toTail(maxBytes) : toNumbers();
	}

	CapturedOutput toOutput() {
		return (this.reader != null) ? this.reader.toOutput() : toNumbers();
	}

	/**
	 * What the application reads itself is its own; what came through the pipe is
	 * counted.
	 */
	private CapturedOutput toNumbers() {
		return (this.stream != null)
				? new CapturedOutput(new byte[0], new byte[0], this.stream.totalBytes(), false, true)
				: CapturedOutput.NONE;
	}

}
