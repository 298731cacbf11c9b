// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.TreeEnd;

/**
 * Those who are ended together with a process that has not been reaped. Lives on an event
 * loop.
 */
public interface Companions {

	/**
	 * Ask the process and all others to end. A stopped process acts on a signal only when
	 * it goes on, so SIGCONT follows.
	 * @param signal what asks them
	 */
	void ask(ProcessSignal signal);

	/**
	 * Send SIGKILL to the process and all others.
	 */
	void kill();

	/**
	 * Look for others that are alive. Those that were not there before get the signal
	 * that was sent last.
	 * @return whether there is anybody to be waited for
	 */
	boolean look();

	/**
	 * Return whether there can be others whom a signal to the group does not reach, so
	 * that they have to be looked for while the process itself lives.
	 * @return whether to look from the beginning
	 */
	boolean mayLeaveTheGroup();

	/**
	 * Tell what has become of the others.
	 * @return how many ended, and who did not
	 */
	TreeEnd report();

}
