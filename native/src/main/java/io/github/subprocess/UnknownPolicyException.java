// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.Collection;
import java.util.List;

/**
 * A policy was asked for by a name that none has.
 *
 * @since 0.1.0
 */
public final class UnknownPolicyException extends SubprocessException {

	private static final long serialVersionUID = 1L;

	private final String name;

	private final List<String> known;

	public UnknownPolicyException(String name, Collection<String> known) {
		super("There is no process policy named '%s'; known are %s".formatted(name, known.stream().sorted().toList()),
				null);
		this.name = name;
		this.known = known.stream().sorted().toList();
	}

	/**
	 * Return the name that was asked for.
	 * @return the name
	 */
	public String name() {
		return this.name;
	}

	/**
	 * Return the names that there are.
	 * @return the names, sorted
	 */
	public List<String> known() {
		return this.known;
	}

}
