// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one property, or with a policy that is a bean.
 *
 * @param kind how it is wrong
 * @param key its key; the name of the bean
 * @param value its value, {@code null} where it is not shown; the part of the policy
 * @param reason a sentence
 */
record PropertyProblem(Kind kind, String key, @Nullable Object value, String reason) {

	static PropertyProblem invalid(String key, @Nullable Object value, String reason) {
		return new PropertyProblem(Kind.INVALID, key, value, reason);
	}

	static PropertyProblem unknown(String key, String advice) {
		return new PropertyProblem(Kind.UNKNOWN, key, null, advice);
	}

	static PropertyProblem unmet(String key, String reason) {
		return new PropertyProblem(Kind.UNMET, key, null, reason);
	}

	static PropertyProblem invalidBean(String bean, String reason) {
		return new PropertyProblem(Kind.INVALID_BEAN, bean, null, reason);
	}

	static PropertyProblem unmetBean(String bean, String part, String reason) {
		return new PropertyProblem(Kind.UNMET_BEAN, bean, part, reason);
	}

	/**
	 * Return whether it can be met elsewhere.
	 * @return whether the machine, or the JVM, is to blame
	 */
	boolean isUnmet() {
		return this.kind == Kind.UNMET || this.kind == Kind.UNMET_BEAN;
	}

	/**
	 * Say what is wrong.
	 * @param origin where the property was written, with a space before it, or nothing
	 * @return one line
	 */
	String describe(String origin) {
		return switch (this.kind) {
			case INVALID -> "Invalid value%s for configuration property '%s'%s. Reason: %s"
				.formatted((this.value != null) ? " '" + this.value + "'" : "", this.key, origin, this.reason);
			case UNKNOWN -> "There is no configuration property '%s'%s. %s".formatted(this.key, origin, this.reason);
			case UNMET ->
				"Configuration property '%s'%s cannot be met here. Reason: %s".formatted(this.key, origin, this.reason);
			case INVALID_BEAN -> "Invalid process policy of bean '%s'. Reason: %s".formatted(this.key, this.reason);
			case UNMET_BEAN -> "'%s' of the process policy of bean '%s' cannot be met here. Reason: %s"
				.formatted(this.value, this.key, this.reason);
		};
	}

	/**
	 * How a property is wrong.
	 */
	enum Kind {

		/**
		 * Its value cannot be.
		 */
		INVALID,

		/**
		 * There is no such property.
		 */
		UNKNOWN,

		/**
		 * The machine has not what it names, or the JVM may not give it.
		 */
		UNMET,

		/**
		 * A policy that is a bean cannot be.
		 */
		INVALID_BEAN,

		/**
		 * The machine has not what a policy that is a bean names, or the JVM may not give
		 * it.
		 */
		UNMET_BEAN

	}

}
