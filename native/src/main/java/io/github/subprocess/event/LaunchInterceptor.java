// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.event;

import org.jspecify.annotations.Nullable;

/**
 * Sees launches before they begin, and sends along whom it likes: a
 * {@link LaunchFollower} goes with one launch from here to the end of its process, and
 * may give it variables. A {@link ProcessListener} in contrast is told of all.
 * <p>
 * Interceptors are called in the order in which they were added. What one throws is
 * reported to the log of the JVM; the launch goes on without its follower.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface LaunchInterceptor {

	/**
	 * A launch begins: nothing has been checked, and it has no place yet. Called by the
	 * thread that launches, once for each stage of a pipeline: be quick.
	 * @param request what is asked for
	 * @return who goes along, {@code null}: nobody
	 */
	@Nullable LaunchFollower intercept(LaunchRequest request);

}
