// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A pipeline that has been started: processes, each of which reads what the one before it
 * writes. Safe for use by many threads.
 *
 * @since 0.1.0
 */
public interface ManagedPipeline extends AutoCloseable {

	/**
	 * Return the processes.
	 * @return all stages, in their order
	 */
	List<ManagedProcess> stages();

	/**
	 * Return the first stage, whose {@linkplain Process#getOutputStream() standard input}
	 * can have been made a pipe.
	 * @return the process
	 */
	default ManagedProcess first() {
		return stages().get(0);
	}

	/**
	 * Return the last stage, whose {@linkplain Process#getInputStream() standard output}
	 * is a pipe unless set otherwise.
	 * @return the process
	 */
	default ManagedProcess last() {
		return stages().get(stages().size() - 1);
	}

	/**
	 * Return the future of the result. It is completed by the launcher's executor when
	 * all stages have ended and have been reaped and their captured streams have been
	 * read, whether they failed or not. To cancel it ends nothing.
	 * @return the result to come
	 */
	CompletableFuture<PipelineResult> result();

	/**
	 * Wait until all stages have ended, have been reaped and their captured streams have
	 * been read. Only their deadlines bound the wait.
	 * @return how they ended, which counts as success
	 * @throws PipelineException if a stage has failed
	 * @throws ProcessInterruptedException if this thread was interrupted meanwhile; all
	 * stages are being ended then, unless the policies of all of them say
	 * {@link io.github.subprocess.policy.OnInterrupt#LEAVE}
	 */
	PipelineResult awaitSuccess();

	/**
	 * Begin to end all stages, each as its policy says, and return at once.
	 * @param reason why
	 */
	void terminate(TerminationReason reason);

	/**
	 * End all stages at once and close their streams. Waits as
	 * {@link ManagedProcess#close()} does.
	 */
	@Override
	void close();

}
