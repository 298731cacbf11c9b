// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.CapturedOutput;
import io.github.subprocess.OutputTarget;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of one process, this side's ends and, until it is born, the
 * child's. Opened before birth, so that nothing about them can fail in the child.
 */
public final class StandardStreams {

	private static final Path NULL_DEVICE = Path.of("/dev/null");

	private final DescriptorIo io;

	private final EventLoop loop;

	private final StreamPlan plan;

	private final List<DescriptorMapping> childEnds = new ArrayList<>(3);

	private volatile long lastOutputNanos = System.nanoTime();

	private @Nullable PipeOutputStream input;

	private @Nullable InputFeed inputFeed;

	private @Nullable PipeInputStream output;

	private @Nullable PipeInputStream error;

	private @Nullable OutputCapture outputCapture;

	private @Nullable OutputCapture errorCapture;

	private StandardStreams(DescriptorIo io, EventLoop loop, StreamPlan plan) {
		this.io = io;
		this.loop = loop;
		this.plan = plan;
	}

	/**
	 * Open what a plan says.
	 * @param io the descriptor calls
	 * @param loop what will watch the streams
	 * @param plan where they come from and go to
	 * @return the streams
	 * @throws StreamOpenFailure if one cannot be opened; nothing stays open then
	 */
	public static StandardStreams open(DescriptorIo io, EventLoop loop, StreamPlan plan) throws StreamOpenFailure {
		StandardStreams streams = new StandardStreams(io, loop, plan);
		String subject = "standard input";
		try {
			StreamPlan.Input input = plan.input();
			subject = (input instanceof StreamPlan.FileInput file) ? file.path().toString() : subject;
			streams.openInput(input);
			subject = subject(plan.output(), "standard output");
			streams.openOutput(plan.output(), 1);
			subject = subject(plan.error(), "standard error");
			streams.openOutput(plan.error(), 2);
			return streams;
		}
		catch (SystemCallFailure ex) {
			streams.abandon();
			throw new StreamOpenFailure(ex, subject);
		}
	}

	private static String subject(OutputTarget target, String name) {
		return (target instanceof OutputTarget.ToFile file) ? file.path().toString() : name;
	}

	private void openInput(StreamPlan.Input source) throws SystemCallFailure {
		if (source instanceof StreamPlan.NoInput) {
			addChildEnd(this.io.openForReading(NULL_DEVICE), 0);
		}
		else if (source instanceof StreamPlan.ConnectedInput) {
			return;
		}
		else if (source instanceof StreamPlan.FileInput file) {
			addChildEnd(this.io.openForReading(file.path()), 0);
		}
		else {
			DescriptorIo.Pipe pipe = this.io.pipe(false);
			addChildEnd(pipe.childEnd(), 0);
			if (source instanceof StreamPlan.BytesInput bytes) {
				this.inputFeed = new InputFeed(this.io, pipe.parentEnd(), this.loop, bytes.bytes());
			}
			else {
				this.input = new PipeOutputStream(this.io, pipe.parentEnd(), this.loop);
			}
		}
	}

	private void openOutput(OutputTarget target, int number) throws SystemCallFailure {
		if (target instanceof OutputTarget.Inherit) {
			return;
		}
		if (target instanceof OutputTarget.Discard) {
			addChildEnd(this.io.openForWriting(NULL_DEVICE, true), number);
		}
		else if (target instanceof OutputTarget.ToFile file) {
			addChildEnd(this.io.openForWriting(file.path(), file.append()), number);
		}
		else {
			DescriptorIo.Pipe pipe = this.io.pipe(true);
			addChildEnd(pipe.childEnd(), number);
			if (target instanceof OutputTarget.Pipe) {
				setStream(number, new PipeInputStream(this.io, pipe.parentEnd(), this.loop));
			}
			else {
				setCapture(number,
						new OutputCapture(this.io, pipe.parentEnd(), this.loop, this.plan.maxCapturedBytes()));
			}
		}
	}

	private void setStream(int number, PipeInputStream stream) {
		if (number == 1) {
			this.output = stream;
		}
		else {
			this.error = stream;
		}
	}

	private void setCapture(int number, OutputCapture capture) {
		if (number == 1) {
			this.outputCapture = capture;
		}
		else {
			this.errorCapture = capture;
		}
	}

	private void addChildEnd(int descriptor, int target) {
		this.childEnds.add(new DescriptorMapping(descriptor, target));
	}

	/**
	 * Return the child's ends.
	 * @return which descriptor becomes which
	 */
	public List<DescriptorMapping> childEnds() {
		return List.copyOf(this.childEnds);
	}

	/**
	 * Close the child's ends on this side: the child has its own.
	 */
	public void closeChildEnds() {
		this.childEnds.forEach((mapping) -> this.io.close(mapping.source()));
		this.childEnds.clear();
	}

	/**
	 * Close everything: the child was never born.
	 */
	public void abandon() {
		closeChildEnds();
		closeInput();
		closeReaders();
		closeCaptures();
	}

	/**
	 * Begin to move bytes. Runs on the event loop.
	 * @param onCaptureEnd is run each time that a captured stream has come to its end
	 * @throws SystemCallFailure if a pipe cannot be watched
	 */
	void begin(Runnable onCaptureEnd) throws SystemCallFailure {
		if (this.outputCapture != null) {
			this.outputCapture.begin(onCaptureEnd);
		}
		if (this.errorCapture != null) {
			this.errorCapture.begin(onCaptureEnd);
		}
		if (this.inputFeed != null) {
			this.inputFeed.begin();
		}
	}

	/**
	 * Return the stream that the launcher has to feed to the process.
	 * @return the stream, or {@code null}
	 */
	@Nullable InputStream inputToPump() {
		return (this.plan.input() instanceof StreamPlan.StreamInput source) ? source.stream() : null;
	}

	@Nullable PipeOutputStream input() {
		return this.input;
	}

	OutputStream inputForApplication() {
		boolean applications = this.plan.input() instanceof StreamPlan.PipeInput;
		return (applications && this.input != null) ? this.input : OutputStream.nullOutputStream();
	}

	InputStream outputForApplication() {
		return (this.output != null) ? this.output : InputStream.nullInputStream();
	}

	InputStream errorForApplication() {
		return (this.error != null) ? this.error : InputStream.nullInputStream();
	}

	/**
	 * Return when a byte was last read from an output stream, on the monotonic clock.
	 */
	long lastOutputNanos() {
		return this.lastOutputNanos;
	}

	/**
	 * Return whether this side reads any output stream, so that silence can be noticed.
	 */
	boolean observesOutput() {
		return this.output != null || this.error != null || this.outputCapture != null || this.errorCapture != null;
	}

	boolean isCapturing() {
		return isOpen(this.outputCapture) || isOpen(this.errorCapture);
	}

	private static boolean isOpen(@Nullable OutputCapture capture) {
		return capture != null && capture.isOpen();
	}

	/**
	 * The process has ended: nobody reads its input any more, and what it wrote for the
	 * application is taken over. Runs on the event loop.
	 */
	void processEnded() {
		closeInput();
		if (this.output != null) {
			this.output.takeOverLeftover();
		}
		if (this.error != null) {
			this.error.takeOverLeftover();
		}
	}

	private void closeInput() {
		if (this.inputFeed != null) {
			this.inputFeed.close();
		}
		if (this.input != null) {
			this.input.close();
		}
	}

	void closeCaptures() {
		if (this.outputCapture != null) {
			this.outputCapture.close();
		}
		if (this.errorCapture != null) {
			this.errorCapture.close();
		}
	}

	void closeReaders() {
		if (this.output != null) {
			this.output.close();
		}
		if (this.error != null) {
			this.error.close();
		}
	}

	CapturedOutput capturedOutput() {
		return (this.outputCapture != null) ? this.outputCapture.toOutput() : CapturedOutput.NONE;
	}

	CapturedOutput capturedError() {
		return (this.errorCapture != null) ? this.errorCapture.toOutput() : CapturedOutput.NONE;
	}

	/**
	 * A standard stream could not be opened.
	 */
	public static final class StreamOpenFailure extends Exception {

		private static final long serialVersionUID = 1L;

		private final SystemCallFailure failure;

		private final String subject;

		StreamOpenFailure(SystemCallFailure failure, String subject) {
			super(failure);
			this.failure = failure;
			this.subject = subject;
		}

		/**
		 * Return what failed.
		 * @return the call and its error
		 */
		public SystemCallFailure failure() {
			return this.failure;
		}

		/**
		 * Return the guilty file or stream.
		 * @return a path, or the name of a stream
		 */
		public String subject() {
			return this.subject;
		}

	}

}
