// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;

import io.github.subprocess.InputReport;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * This side's end of the standard input of a process, where it has one.
 */
final class StandardInput {

	static final StandardInput NONE = new StandardInput(new StreamPlan.NoInput(), null, null, null);

	private final StreamPlan.Input source;

	private final @Nullable PipeOutputStream stream;

	private final @Nullable InputWriter writer;

	private final @Nullable InputSubscriber subscriber;

	private StandardInput(StreamPlan.Input source, @Nullable PipeOutputStream stream, @Nullable InputWriter writer,
			@Nullable InputSubscriber subscriber) {
		this.source = source;
		this.stream = stream;
		this.writer = writer;
		this.subscriber = subscriber;
	}

	/**
	 * Open the input.
	 * @param io the descriptor calls
	 * @param loop what will watch it
	 * @param executor where a publisher is called
	 * @param plan where it comes from
	 * @param childEnds gets the child's end
	 * @return the input
	 * @throws SystemCallFailure if it cannot be opened
	 */
	static StandardInput open(DescriptorIo io, EventLoop loop, Executor executor, StreamPlan plan, ChildEnds childEnds)
			throws SystemCallFailure {
		StreamPlan.Input source = plan.input();
		if (source instanceof StreamPlan.NoInput) {
			childEnds.addNullDevice(0);
			return NONE;
		}
		if (source instanceof StreamPlan.ConnectedInput connected) {
			childEnds.lend(connected.descriptor(), 0);
			return NONE;
		}
		if (source instanceof StreamPlan.FileInput file) {
			childEnds.add(io.openForReading(file.path()), 0);
			return NONE;
		}
		DescriptorIo.Pipe pipe = io.pipe(false);
		childEnds.add(pipe.childEnd(), 0);
		PipeRoom room = new PipeRoom(io, pipe.parentEnd(), plan.pipeBytes());
		return open(io, loop, executor, source, pipe.parentEnd(), room, InputEnd.ofPipe(io));
	}

	/**
	 * Write to a terminal. Where nothing is to be written it has an end all the same.
	 */
	static StandardInput ofTerminal(DescriptorIo io, EventLoop loop, Executor executor, StreamPlan plan,
			int descriptor) {
		StreamPlan.Input source = (plan.input() instanceof StreamPlan.NoInput) ? new StreamPlan.BytesInput(new byte[0])
				: plan.input();
		return open(io, loop, executor, source, descriptor, new PipeRoom(io, descriptor, 0),
				InputEnd.ofTerminal(io, descriptor));
	}

	private static StandardInput open(DescriptorIo io, EventLoop loop, Executor executor, StreamPlan.Input source,
			int descriptor, PipeRoom room, InputEnd end) {
		if (source instanceof StreamPlan.PipeInput || source instanceof StreamPlan.StreamInput) {
			return new StandardInput(source, new PipeOutputStream(io, descriptor, loop, room, end), null, null);
		}
		InputWriter writer = new InputWriter(io, descriptor, loop, room, end);
		InputSubscriber subscriber = (source instanceof StreamPlan.PublisherInput input)
				? new InputSubscriber(input.publisher(), writer, loop, new SerialTasks(executor)) : null;
		return new StandardInput(source, null, writer, subscriber);
	}

	boolean isWrittenByLoop() {
		return this.writer != null;
	}

	/**
	 * Begin to write. Runs on the event loop.
	 */
	void begin(StreamOwner owner) {
		if (this.writer != null) {
			this.writer.begin(owner::inputFailed);
		}
		if (this.writer != null && this.source instanceof StreamPlan.BytesInput bytes) {
			this.writer.add(ByteBuffer.wrap(bytes.bytes()));
			this.writer.finish();
		}
		if (this.subscriber != null) {
			this.subscriber.begin(owner::inputFailed);
		}
	}

	/**
	 * Return what copies a stream of the application to the process.
	 * @return what to run where it may block, or {@code null}
	 */
	@Nullable InputPump pump(StreamOwner owner) {
		return (this.stream != null && this.source instanceof StreamPlan.StreamInput input)
				? new InputPump(input.stream(), this.stream, owner::inputFailed) : null;
	}

	OutputStream forApplication() {
		boolean applications = this.source instanceof StreamPlan.PipeInput;
		return (applications && this.stream != null) ? this.stream : OutputStream.nullOutputStream();
	}

	/**
	 * Nobody reads any more.
	 */
	void abandon() {
		if (this.writer != null) {
			this.writer.close();
		}
		if (this.stream != null) {
			this.stream.abandon();
		}
	}

	InputReport toReport() {
		if (this.writer != null) {
			return this.writer.toReport();
		}
		return (this.stream != null) ? this.stream.toReport() : InputReport.NONE;
	}

}
