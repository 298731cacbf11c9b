// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.List;
import java.util.stream.Collectors;

import io.github.subprocess.NativeCoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when more than one {@code subprocess} property is wrong, or one that only this
 * machine cannot meet, with all that is wrong.
 */
@SuppressWarnings("serial")
class InvalidPropertiesException extends RuntimeException {

	private final List<PropertyProblem> problems;

	private final @Nullable String remedy;

	InvalidPropertiesException(List<PropertyProblem> problems) {
		this(problems, null);
	}

	/**
	 * Create an exception for what keeps all processes from being started.
	 * @param problems all that is wrong
	 * @param unavailable why there is nothing to launch with, {@code null} if there is
	 */
	InvalidPropertiesException(List<PropertyProblem> problems, @Nullable NativeCoreUnavailableException unavailable) {
		super(problems.stream().map((problem) -> problem.describe("")).collect(Collectors.joining(" ")), unavailable);
		this.remedy = (unavailable != null) ? unavailable.remedy() : null;
		this.problems = List.copyOf(problems);
	}

	List<PropertyProblem> problems() {
		return this.problems;
	}

	/**
	 * Return what can be done where a warning would not do.
	 * @return sentences, {@code null} where the application can start with a warning
	 */
	@Nullable String remedy() {
		return this.remedy;
	}

}
