// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.EndpointWebExtension;

/**
 * {@link EndpointWebExtension @EndpointWebExtension} for the
 * {@link SubprocessPoliciesEndpoint}: who asks decides what is shown.
 *
 * @since 0.1.0
 */
@EndpointWebExtension(endpoint = SubprocessPoliciesEndpoint.class)
public class SubprocessPoliciesEndpointWebExtension {

	private final SubprocessPoliciesEndpoint delegate;

	private final Show showValues;

	private final Set<String> roles;

	/**
	 * Create an extension.
	 * @param delegate the endpoint
	 * @param showValues when to show arguments of commands
	 * @param roles whom to show them to, where that depends on who asks
	 */
	public SubprocessPoliciesEndpointWebExtension(SubprocessPoliciesEndpoint delegate, Show showValues,
			Set<String> roles) {
		this.delegate = delegate;
		this.showValues = showValues;
		this.roles = roles;
	}

	/**
	 * Describe all policies.
	 * @param securityContext who asks
	 * @return the policies by name
	 */
	@ReadOperation
	public PoliciesDescriptor policies(SecurityContext securityContext) {
		return this.delegate.policies(this.showValues.isShown(securityContext, this.roles));
	}

	/**
	 * Describe a policy.
	 * @param securityContext who asks
	 * @param name its name
	 * @return the policy, with status 404 when there is none of that name
	 */
	@ReadOperation
	public WebEndpointResponse<PolicyDescriptor> policy(SecurityContext securityContext, @Selector String name) {
		PolicyDescriptor policy = this.delegate.policy(name, this.showValues.isShown(securityContext, this.roles));
		return (policy != null) ? new WebEndpointResponse<>(policy)
				: new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
	}

}
