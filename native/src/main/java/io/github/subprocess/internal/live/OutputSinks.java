// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * Makes the sinks of the targets that this side feeds.
 */
final class OutputSinks {

	private final DescriptorIo io;

	private final Executor executor;

	private final long maxCapturedBytes;

	private @Nullable SerialTasks tasks;

	OutputSinks(DescriptorIo io, Executor executor, long maxCapturedBytes) {
		this.io = io;
		this.executor = executor;
		this.maxCapturedBytes = maxCapturedBytes;
	}

	/**
	 * Make sinks.
	 * @param target what they are for
	 * @return the sinks, each part of a tee by itself
	 * @throws StreamOpenFailure if a file cannot be opened; nothing stays open then
	 */
	List<OutputSink> of(OutputTarget target) throws StreamOpenFailure {
		if (!(target instanceof OutputTarget.Tee tee)) {
			return List.of(sink(target));
		}
		List<OutputSink> sinks = new ArrayList<>();
		try {
			for (OutputTarget part : tee.targets()) {
				sinks.add(sink(part));
			}
			return sinks;
		}
		catch (StreamOpenFailure ex) {
			sinks.forEach(OutputSink::abandon);
			throw ex;
		}
	}

	private OutputSink sink(OutputTarget target) throws StreamOpenFailure {
		if (target instanceof OutputTarget.Publish publish) {
			return new PublisherSink(publish.consumer(), tasks());
		}
		Delivery delivery = delivery(target);
		return (delivery != null) ? new SerialSink(delivery, tasks()) : new CaptureSink(this.maxCapturedBytes);
	}

	/**
	 * Return the tasks of the process, the same for all its output.
	 */
	private SerialTasks tasks() {
		if (this.tasks == null) {
			this.tasks = new SerialTasks(this.executor);
		}
		return this.tasks;
	}

	private @Nullable Delivery delivery(OutputTarget target) throws StreamOpenFailure {
		if (target instanceof OutputTarget.Lines lines) {
			return new LineDecoder(lines.charset(), lines.longest(), lines.consumer());
		}
		if (target instanceof OutputTarget.Log log) {
			return new LogDelivery(log.level());
		}
		if (target instanceof OutputTarget.ToFile file) {
			return fileDelivery(file);
		}
		return null;
	}

	private FileDelivery fileDelivery(OutputTarget.ToFile file) throws StreamOpenFailure {
		try {
			return new FileDelivery(this.io, file.path(), this.io.openForWriting(file.path(), file.append()));
		}
		catch (SystemCallFailure ex) {
			throw new StreamOpenFailure(ex, file.path().toString());
		}
	}

}
