// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.event.LaunchFollower;
import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.LaunchRequest;
import io.github.subprocess.internal.live.Followers;

/**
 * Asks all interceptors who goes with a launch.
 */
final class Interceptors {

	private static final System.Logger logger = System.getLogger(Interceptors.class.getName());

	private final List<LaunchInterceptor> interceptors;

	Interceptors(List<LaunchInterceptor> interceptors) {
		this.interceptors = List.copyOf(interceptors);
	}

	Followers follow(Launch launch) {
		if (this.interceptors.isEmpty()) {
			return Followers.NONE;
		}
		LaunchRequest request = new LaunchRequest(launch.policyName(), launch.policy(), launch.command().program());
		List<LaunchFollower> followers = new ArrayList<>();
		for (LaunchInterceptor interceptor : this.interceptors) {
			try {
				LaunchFollower follower = interceptor.intercept(request);
				if (follower != null) {
					followers.add(follower);
				}
			}
			catch (RuntimeException ex) {
				logger.log(System.Logger.Level.WARNING,
						"A launch interceptor failed: " + interceptor.getClass().getName(), ex);
			}
		}
		return Followers.of(followers);
	}

}
