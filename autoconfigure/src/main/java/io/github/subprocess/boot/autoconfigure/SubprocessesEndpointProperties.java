// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Properties of the {@code subprocesses} endpoint.
 *
 * @since 0.1.0
 */
@ConfigurationProperties("management.endpoint.subprocesses")
public class SubprocessesEndpointProperties {

	/**
	 * When to show arguments, directories, names of open files and output.
	 */
	private Show showValues = Show.NEVER;

	/**
	 * Comma-separated list of the roles whose members may see arguments, directories,
	 * names of open files and output. When empty, all authenticated users may.
	 */
	private final Set<String> roles = new HashSet<>();

	public Show getShowValues() {
		return this.showValues;
	}

	public void setShowValues(Show showValues) {
		this.showValues = showValues;
	}

	public Set<String> getRoles() {
		return this.roles;
	}

}
