// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.nio.ByteBuffer;
import java.nio.file.Path;

import io.github.subprocess.policy.TerminalMode;
import org.jspecify.annotations.Nullable;

/**
 * The system calls on descriptors that standard streams need. All descriptors made here
 * are close-on-exec from birth. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface DescriptorIo {

	/**
	 * Returned by {@link #read} and {@link #write} when the call would have blocked.
	 */
	int WOULD_BLOCK = -1;

	/**
	 * How many bytes a pipe holds from birth (pipe(7)), where the kernel is not short of
	 * memory for pipes.
	 */
	int PIPE_BYTES = 64 * 1024;

	/**
	 * Make a pipe whose one end, for this side, does not block.
	 * @param parentReads whether this side has the reading end
	 * @return the pipe
	 * @throws SystemCallFailure if there are no descriptors left
	 */
	Pipe pipe(boolean parentReads) throws SystemCallFailure;

	/**
	 * Make a pipe between two children. Both of its ends block.
	 * @return the pipe
	 * @throws SystemCallFailure if there are no descriptors left
	 */
	Connection connection() throws SystemCallFailure;

	/**
	 * Make a pseudo-terminal that is nobody's controlling terminal yet.
	 * @param rows how many rows it has
	 * @param columns how many columns it has
	 * @param mode how it treats what is written to it
	 * @return the terminal
	 * @throws SystemCallFailure if there are none, or no descriptors left
	 */
	Terminal terminal(int rows, int columns, TerminalMode mode) throws SystemCallFailure;

	/**
	 * Change the size of a terminal, of which its foreground group hears by SIGWINCH.
	 * @param descriptor one for this side
	 * @param rows how many rows it has
	 * @param columns how many columns it has
	 * @throws SystemCallFailure if it is none
	 */
	void resizeTerminal(int descriptor, int rows, int columns) throws SystemCallFailure;

	/**
	 * Return what ends the input of a terminal where a line begins, as it is set now.
	 * @param descriptor one for this side
	 * @return a character (VEOF, termios(3)), 0 where none does: input is not taken line
	 * by line
	 */
	byte endOfTerminalInput(int descriptor);

	/**
	 * Return the null device, which is open for reading and writing all the time: its
	 * users share it and do not close it.
	 * @return the descriptor, {@code null} when there is none and it has to be opened
	 */
	@Nullable Integer nullDevice();

	/**
	 * Open a file for reading by a child.
	 * @param path the file
	 * @return the descriptor
	 * @throws SystemCallFailure if it cannot be opened
	 */
	int openForReading(Path path) throws SystemCallFailure;

	/**
	 * Open the file of a program to have it executed: through the descriptor nothing can
	 * be read or written (O_PATH, open(2)). A symbolic link is not followed.
	 * @param path the file
	 * @return the descriptor
	 * @throws SystemCallFailure if it cannot be opened
	 */
	int openProgram(Path path) throws SystemCallFailure;

	/**
	 * Open a file for writing by a child, made with mode 0666 less the umask if need be.
	 * @param path the file
	 * @param append whether what is there stays
	 * @return the descriptor
	 * @throws SystemCallFailure if it cannot be opened
	 */
	int openForWriting(Path path, boolean append) throws SystemCallFailure;

	/**
	 * Read what is there, without waiting when the descriptor does not block.
	 * @param descriptor where from
	 * @param buffer a direct buffer; its position moves
	 * @return the number of bytes, 0 at the end, or {@link #WOULD_BLOCK}
	 * @throws SystemCallFailure if the call fails; {@code EIO} when nobody uses a
	 * terminal any more (pty(7))
	 */
	int read(int descriptor, ByteBuffer buffer) throws SystemCallFailure;

	/**
	 * Write as much as there is room for, without waiting when the descriptor does not
	 * block.
	 * @param descriptor where to
	 * @param buffer a direct buffer; its position moves
	 * @return the number of bytes, or {@link #WOULD_BLOCK}
	 * @throws SystemCallFailure if the call fails; {@code EPIPE} when nobody reads any
	 * more
	 */
	int write(int descriptor, ByteBuffer buffer) throws SystemCallFailure;

	/**
	 * Set how much a pipe holds (F_SETPIPE_SZ, fcntl(2)), or make the best of it: where
	 * the kernel does not allow that much it is asked for half of it, and so on, as long
	 * as that is more than the pipe holds from birth. What it holds already is never
	 * lost.
	 * @param descriptor one of its ends
	 * @param bytes the wanted size in bytes, from 4096
	 */
	void resizePipe(int descriptor, int bytes);

	/**
	 * Close a descriptor. It is gone whatever the kernel says, so nothing is thrown.
	 * @param descriptor what to close
	 */
	void close(int descriptor);

	/**
	 * The two ends of a pipe between children.
	 *
	 * @param writingEnd the end for the child that writes
	 * @param readingEnd the end for the child that reads
	 */
	record Connection(int writingEnd, int readingEnd) {

	}

	/**
	 * The ends of a terminal. This side has it three times, to be closed one by one.
	 *
	 * @param output where this side reads, which does not block
	 * @param input where this side writes, which does not block
	 * @param control what this side sets its size by
	 * @param childEnd the end for the child, which blocks
	 */
	record Terminal(int output, int input, int control, int childEnd) {

	}

	/**
	 * The two ends of a pipe.
	 *
	 * @param parentEnd the end for this side, which does not block
	 * @param childEnd the end for the child, which blocks
	 */
	record Pipe(int parentEnd, int childEnd) {

	}

}
