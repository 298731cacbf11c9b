// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How far a viewer has come. It is the id of each event, which browsers send back when a
 * connection was lost: they go on where they were.
 *
 * @param output bytes of standard output
 * @param error bytes of standard error
 */
record OutputPosition(long output, long error) {

	static final OutputPosition START = new OutputPosition(0, 0);

	private static final Pattern ID = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

	/**
	 * Read the id of an event.
	 * @param id the id that a client sends
	 * @return the position; the start if it is none
	 */
	static OutputPosition of(@Nullable String id) {
		Matcher matcher = ID.matcher((id != null) ? id : "");
		return matcher.matches()
				? new OutputPosition(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))) : START;
	}

	@Override
	public String toString() {
		return this.output + "-" + this.error;
	}

}
