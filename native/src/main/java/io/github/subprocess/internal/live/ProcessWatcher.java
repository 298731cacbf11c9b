// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import io.github.subprocess.ProcessLostException;
import io.github.subprocess.ProcessResult;

/**
 * Is told by a process what others have to know or to do. Called on the event loop, but
 * for {@link #pump}: nothing here may block.
 */
public interface ProcessWatcher {

	/**
	 * Run what feeds the process, where the application's code runs.
	 * @param pump may block
	 */
	void pump(Runnable pump);

	/**
	 * Run what completes a future, where the application's code runs.
	 * @param completion may call application code
	 */
	void complete(Runnable completion);

	/**
	 * Count the process among the live ones no more. Called before anybody who waits for
	 * its end goes on.
	 * @param process who
	 */
	void remove(LiveProcess process);

	/**
	 * Tell others, where the application's code runs, that a process has been reaped.
	 * @param process who
	 * @param result how it ended
	 */
	void ended(LiveProcess process, ProcessResult result);

	/**
	 * Tell others that nobody knows how a process has ended.
	 * @param process who
	 * @param failure why
	 */
	void lost(LiveProcess process, ProcessLostException failure);

}
