// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.ArrayList;
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

	/**
	 * Return this end with more that live on. Who is known already is not named twice.
	 * @param more those that live on
	 * @return an end
	 */
	public TreeEnd withLeft(List<LeftOver> more) {
		List<LeftOver> all = new ArrayList<>(this.left);
		more.stream()
			.filter((one) -> this.left.stream().noneMatch((known) -> known.pid() == one.pid()))
			.forEach(all::add);
		return new TreeEnd(this.ended, all);
	}

}
