// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Set;

import io.github.subprocess.ProcessSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the
 * {@link SubprocessesEndpoint}: who asks decides what is shown.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = SubprocessesEndpoint.class)
public class SubprocessesEndpointWebExtension {

	private final SubprocessesEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when to show arguments and working directories
	 * @param roles whom to show them to, where that depends on who asks
	 */
	public SubprocessesEndpointWebExtension(SubprocessesEndpoint delegate, Show showValues, Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Describe live and recent processes.
	 * @param securityContext who asks
	 * @param policy only those of this policy
	 * @param state only those in this state
	 * @return the processes
	 */
	@ReadOperation
	public SubprocessesDescriptor subprocesses(SecurityContext securityContext, @Nullable String policy,
			ProcessSnapshot.@Nullable State state) {
		return this.delegate.subprocesses(policy, state, isShown(securityContext));
	}

	/**
	 * Describe a live or recent process.
	 * @param securityContext who asks
	 * @param id the id that the launcher gave it
	 * @return the process, with status 404 when the id is unknown or forgotten
	 */
	@ReadOperation
	public WebEndpointResponse<SubprocessDescriptor> subprocess(SecurityContext securityContext, @Selector String id) {
		SubprocessDescriptor descriptor = this.delegate.subprocess(id, isShown(securityContext));
		return (descriptor != null) ? new WebEndpointResponse<>(descriptor)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Begin to end a process with its group, as its policy says.
	 * @param id the id that the launcher gave it
	 * @return status 204, or 404 when the id is unknown or forgotten
	 */
	@WriteOperation
	public WebEndpointResponse<Void> terminate(@Selector String id) {
		return new WebEndpointResponse<>(this.delegate.terminate(id) ? WebEndpointResponse.STATUS_NO_CONTENT
				: WebEndpointResponse.STATUS_NOT_FOUND);
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

}
