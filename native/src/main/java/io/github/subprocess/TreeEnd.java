// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.List;

/**
 * What became of the others when a process was ended together with its group or its tree.
 *
 * @param ended how many others were seen alive and ended: at least, since one that comes
 * and goes between two looks is not seen
 * @param left those that live on
 * @since 0.1.0
 */
public record TreeEnd(int ended, List<LeftOver> left) {

	/**
	 * Nobody else was there.
	 */
	public static final TreeEnd ALONE = new TreeEnd(0, List.of());

	public TreeEnd {
		left = List.copyOf(left);
	}

}
