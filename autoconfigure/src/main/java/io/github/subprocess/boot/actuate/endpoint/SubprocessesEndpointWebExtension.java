// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.security.Principal;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
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

	private static final int STATUS_CONFLICT = 409;

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
	 * @param name only those whose program's file has this name, without directories
	 * @return the processes
	 */
	@ReadOperation
	public SubprocessesDescriptor subprocesses(SecurityContext securityContext, @Nullable String policy,
			ProcessSnapshot.@Nullable State state, @Nullable String name) {
		return this.delegate.subprocesses(policy, state, name, isShown(securityContext));
	}

	/**
	 * Describe a live or recent process in detail.
	 * @param securityContext who asks
	 * @param id the id that the launcher gave it
	 * @param tail how many bytes of the end of its output, up to 65536; 4096 unless set
	 * @return the process, with status 404 when the id is unknown or forgotten, 400 when
	 * tail is out of range
	 */
	@ReadOperation
	public WebEndpointResponse<SubprocessDescriptor> subprocess(SecurityContext securityContext, @Selector String id,
			@Nullable Integer tail) {
		if (!SubprocessesEndpoint.isTail(tail)) {
			return new WebEndpointResponse<>(WebEndpointResponse.STATUS_BAD_REQUEST);
		}
		SubprocessDescriptor descriptor = this.delegate.subprocess(id, tail, isShown(securityContext));
		return (descriptor != null) ? new WebEndpointResponse<>(descriptor)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

	/**
	 * Signal a live process alone, or begin to end it with those in the scope of its
	 * policy, as its policy says.
	 * @param securityContext who asks
	 * @param id the id that the launcher gave it
	 * @param signal what to send; ended if left out
	 * @param reason why, for the audit: at most 200 characters
	 * @return status 204; 400 when the reason cannot be one; 404 when the id is unknown
	 * or forgotten; 409 when there is nobody left to be signalled
	 */
	@WriteOperation
	public WebEndpointResponse<Void> write(SecurityContext securityContext, @Selector String id,
			@Nullable ProcessSignal signal, @Nullable String reason) {
		return response(this.delegate.write(principal(securityContext), id, signal, reason));
	}

	/**
	 * Begin to end a process with those in the scope of its policy by SIGKILL, without a
	 * grace period.
	 * @param securityContext who asks
	 * @param id the id that the launcher gave it
	 * @param reason why, for the audit: at most 200 characters
	 * @return status 204; 400 when the reason cannot be one; 404 when the id is unknown
	 * or forgotten
	 */
	@DeleteOperation
	public WebEndpointResponse<Void> kill(SecurityContext securityContext, @Selector String id,
			@Nullable String reason) {
		return response(this.delegate.kill(principal(securityContext), id, reason));
	}

	private static @Nullable String principal(SecurityContext securityContext) {
		Principal principal = securityContext.getPrincipal();
		return (principal != null) ? principal.getName() : null;
	}

	private static WebEndpointResponse<Void> response(OperationOutcome outcome) {
		return new WebEndpointResponse<>(switch (outcome) {
			case DONE -> WebEndpointResponse.STATUS_NO_CONTENT;
			case INVALID -> WebEndpointResponse.STATUS_BAD_REQUEST;
			case ENDED -> STATUS_CONFLICT;
			case UNKNOWN -> WebEndpointResponse.STATUS_NOT_FOUND;
		});
	}

	private boolean isShown(SecurityContext securityContext) {
		return this.showValues.isShown(securityContext, this.roles);
	}

}
