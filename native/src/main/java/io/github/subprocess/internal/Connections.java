// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorIo.Connection;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The pipes between the stages of a pipeline, made before the first birth. An end is
 * closed here as soon as its child has been born: whoever reads to the end of a pipe must
 * be the only one besides who writes it. Not safe for use by several threads.
 */
final class Connections implements AutoCloseable {

	private final DescriptorIo io;

	private final List<@Nullable Integer> writingEnds = new ArrayList<>();

	private final List<@Nullable Integer> readingEnds = new ArrayList<>();

	private Connections(DescriptorIo io) {
		this.io = io;
	}

	static Connections between(int stages, DescriptorIo io) throws SystemCallFailure {
		Connections connections = new Connections(io);
		try {
			connections.readingEnds.add(null);
			for (int i = 1; i < stages; i++) {
				Connection connection = io.connection();
				connections.writingEnds.add(connection.writingEnd());
				connections.readingEnds.add(connection.readingEnd());
			}
			connections.writingEnds.add(null);
			return connections;
		}
		catch (SystemCallFailure ex) {
			connections.close();
			throw ex;
		}
	}

	/**
	 * Return what a stage reads.
	 * @param stage which one, counted from 0
	 * @return a descriptor, {@code null} for the first one
	 */
	@Nullable Integer readingEnd(int stage) {
		return this.readingEnds.get(stage);
	}

	/**
	 * Return what a stage writes.
	 * @param stage which one, counted from 0
	 * @return a descriptor, {@code null} for the last one
	 */
	@Nullable Integer writingEnd(int stage) {
		return this.writingEnds.get(stage);
	}

	/**
	 * Close the ends of a stage, which has its own now.
	 * @param stage which one, counted from 0
	 */
	void born(int stage) {
		close(this.readingEnds, stage);
		close(this.writingEnds, stage);
	}

	private void close(List<@Nullable Integer> ends, int stage) {
		Integer end = ends.set(stage, null);
		if (end != null) {
			this.io.close(end);
		}
	}

	@Override
	public void close() {
		for (int i = 0; i < this.readingEnds.size(); i++) {
			close(this.readingEnds, i);
		}
		for (int i = 0; i < this.writingEnds.size(); i++) {
			close(this.writingEnds, i);
		}
	}

}
