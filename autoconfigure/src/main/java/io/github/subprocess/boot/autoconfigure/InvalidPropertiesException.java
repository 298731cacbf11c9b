// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when more than one {@code subprocess} property is wrong, or one that only this
 * machine cannot meet, with all that is wrong.
 */
@SuppressWarnings("serial")
class InvalidPropertiesException extends RuntimeException {

	private final List<PropertyProblem> problems;

	InvalidPropertiesException(List<PropertyProblem> problems) {
		super(problems.stream().map((problem) -> problem.describe("")).collect(Collectors.joining(" ")));
		this.problems = List.copyOf(problems);
	}

	List<PropertyProblem> problems() {
		return this.problems;
	}

}
