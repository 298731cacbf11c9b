// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

/**
 * What becomes of the other stages of a pipeline when one has failed.
 *
 * @since 0.1.0
 */
public enum OnStageFailure {

	/**
	 * They are ended, each as its policy says.
	 */
	END_OTHERS,

	/**
	 * They go on: those that feed it until they write, those that it feeds until they
	 * have read what there is.
	 */
	LEAVE_OTHERS

}
