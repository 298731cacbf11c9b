// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.policy.TerminalMode;
import io.github.subprocess.policy.TerminalPolicy;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of one process, this side's ends and, until it is born, the
 * child's. Opened before birth, so that nothing about them can fail in the child.
 */
public final class StandardStreams {

	private static final int TERMINAL_ROWS = 24;

	private static final int TERMINAL_COLUMNS = 80;

	private final ChildEnds childEnds;

	private @Nullable ControllingTerminal terminal;

	private StandardInput input = StandardInput.NONE;

	private StandardOutput output = StandardOutput.NONE;

	private StandardOutput error = StandardOutput.NONE;

	private StandardStreams(ChildEnds childEnds) {
		this.childEnds = childEnds;
	}

	/**
	 * Open what a plan says.
	 * @param io the descriptor calls
	 * @param loop what will watch the streams
	 * @param executor where code of the application runs that takes or gives bytes
	 * @param plan where they come from and go to
	 * @return the streams
	 * @throws StreamOpenFailure if one cannot be opened; nothing stays open then
	 */
	public static StandardStreams open(DescriptorIo io, EventLoop loop, Executor executor, StreamPlan plan)
			throws StreamOpenFailure {
		ChildEnds childEnds = new ChildEnds(io);
		OutputSinks sinks = new OutputSinks(io, executor, plan.maxCapturedBytes());
		StandardStreams streams = new StandardStreams(childEnds);
		TerminalPolicy terminal = plan.terminal();
		if (terminal != null) {
			streams.openTerminal(io, loop, executor, plan, sinks, terminal);
			return streams;
		}
		String subject = "standard input";
		try {
			subject = (plan.input() instanceof StreamPlan.FileInput file) ? file.path().toString() : subject;
			streams.input = StandardInput.open(io, loop, executor, plan, childEnds);
			subject = subject(plan.output(), "standard output");
			if (plan.connection() != null) {
				childEnds.lend(plan.connection(), 1);
			}
			else {
				streams.output = StandardOutput.open(io, loop, plan.output(), 1, sinks, plan.pipeBytes(), childEnds);
			}
			subject = subject(plan.error(), "standard error");
			streams.error = StandardOutput.open(io, loop, plan.error(), 2, sinks, plan.pipeBytes(), childEnds);
			return streams;
		}
		catch (SystemCallFailure ex) {
			streams.abandon();
			throw new StreamOpenFailure(ex, subject);
		}
		catch (StreamOpenFailure ex) {
			streams.abandon();
			throw ex;
		}
	}

	private void openTerminal(DescriptorIo io, EventLoop loop, Executor executor, StreamPlan plan, OutputSinks sinks,
			TerminalPolicy wanted) throws StreamOpenFailure {
		// a file may be what cannot be opened, so it comes first
		List<OutputSink> fed = StandardOutput.fedByTerminal(plan.output(), sinks);
		DescriptorIo.Terminal opened;
		try {
			opened = io.terminal((wanted.rows() != null) ? wanted.rows() : TERMINAL_ROWS,
					(wanted.columns() != null) ? wanted.columns() : TERMINAL_COLUMNS,
					(wanted.mode() != null) ? wanted.mode() : TerminalMode.COOKED);
		}
		catch (SystemCallFailure ex) {
			fed.forEach(OutputSink::abandon);
			throw new StreamOpenFailure(ex, "/dev/ptmx");
		}
		this.childEnds.add(opened.childEnd(), 0);
		this.childEnds.share(0, 1);
		this.childEnds.share(0, 2);
		this.terminal = new ControllingTerminal(io, opened.control());
		this.input = StandardInput.ofTerminal(io, loop, executor, plan, opened.input());
		this.output = StandardOutput.ofTerminal(io, loop, plan.output(), fed, opened.output());
	}

	/**
	 * Change the size of the terminal.
	 * @throws IllegalStateException if there is none
	 */
	void resizeTerminal(int rows, int columns) {
		if (this.terminal == null) {
			throw new IllegalStateException("The process has no terminal: its policy does not enable one");
		}
		this.terminal.resize(rows, columns);
	}

	private void closeTerminal() {
		if (this.terminal != null) {
			this.terminal.close();
		}
	}

	private static String subject(OutputTarget target, String name) {
		return (target instanceof OutputTarget.ToFile file) ? file.path().toString() : name;
	}

	/**
	 * Return the child's ends.
	 * @return which descriptor becomes which
	 */
	public List<DescriptorMapping> childEnds() {
		return this.childEnds.mappings();
	}

	/**
	 * Keep a descriptor open as long as the child's ends are.
	 * @param descriptor which is closed with them
	 */
	public void keepUntilBirth(int descriptor) {
		this.childEnds.keep(descriptor);
	}

	/**
	 * Close the child's ends on this side: the child has its own.
	 */
	public void closeChildEnds() {
		this.childEnds.close();
	}

	/**
	 * Close everything: the child was never born.
	 */
	public void abandon() {
		closeChildEnds();
		closeTerminal();
		this.input.abandon();
		closeReaders();
		stopReading();
	}

	/**
	 * Begin to read. Runs on the thread that launched the process.
	 * @param owner is told what happens to the streams
	 */
	void begin(StreamOwner owner) {
		this.output.begin(owner);
		this.error.begin(owner);
	}

	/**
	 * Return whether there is something that the event loop has to write.
	 */
	boolean hasInputToWrite() {
		return this.input.isWrittenByLoop();
	}

	/**
	 * Begin to write. Runs on the event loop.
	 * @param owner is told what happens to the streams
	 */
	void beginInput(StreamOwner owner) {
		this.input.begin(owner);
	}

	/**
	 * Return what copies a stream of the application to the process.
	 * @param owner is told when that fails
	 * @return what to run where it may block, or {@code null}
	 */
	@Nullable InputPump pump(StreamOwner owner) {
		return this.input.pump(owner);
	}

	OutputStream inputForApplication() {
		return this.input.forApplication();
	}

	InputStream outputForApplication() {
		return this.output.forApplication();
	}

	InputStream errorForApplication() {
		return this.error.forApplication();
	}

	/**
	 * Return when the process was last heard of, on the monotonic clock. Called on the
	 * event loop.
	 * @param never what to return when nobody listens
	 */
	long lastHeardNanos(long never) {
		long output = this.output.lastHeardNanos(never);
		long error = this.error.lastHeardNanos(never);
		return (output - error > 0) ? output : error;
	}

	/**
	 * Return whether anything that the process writes is read by this side.
	 */
	boolean isHeard() {
		return this.output.isHeard() || this.error.isHeard();
	}

	/**
	 * Return whether this side has not yet read and passed on all output that it is to.
	 */
	boolean isBusy() {
		return this.output.isBusy() || this.error.isBusy();
	}

	/**
	 * The process has ended: nobody reads its input any more, and what it wrote for the
	 * application is taken over. Runs on the event loop.
	 */
	void processEnded() {
		closeTerminal();
		this.input.abandon();
		this.output.processEnded();
		this.error.processEnded();
	}

	/**
	 * Read no more of what this side was to read and pass on.
	 */
	void stopReading() {
		this.output.stopReading();
		this.error.stopReading();
	}

	/**
	 * The application reads no more.
	 */
	void closeReaders() {
		this.output.closeStream();
		this.error.closeStream();
	}

	/**
	 * Return what can be told of the streams now. Called on the event loop.
	 * @param tailBytes how much of the end of what was captured
	 */
	StreamReports toTails(int tailBytes) {
		return new StreamReports(this.input.toReport(), this.output.toTail(tailBytes), this.error.toTail(tailBytes));
	}

	StreamReports toReports() {
		return new StreamReports(this.input.toReport(), this.output.toOutput(), this.error.toOutput());
	}

}
