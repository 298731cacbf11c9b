// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Sanitizer;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * {@link Endpoint @Endpoint} to see the policies as they hold, and where each value comes
 * from.
 *
 * @since 0.1.0
 */
@Endpoint(id = "subprocesspolicies", defaultAccess = Access.READ_ONLY)
public class SubprocessPoliciesEndpoint {

	private static final String BUILT_IN = "built-in";

	private static final String CUSTOMIZER = "customizer";

	private static final Map<String, Object> DEFAULTS = PolicyDescription.of(ProcessPolicy.defaults(),
			(key, value) -> value);

	private final Supplier<Map<String, ProcessPolicy>> policies;

	private final PolicyValueOrigins origins;

	private final Sanitizer sanitizer;

	private final Show showValues;

	/**
	 * Create an endpoint.
	 * @param policies gives the policies by name, merged
	 * @param origins where their values come from
	 * @param sanitizingFunctions what hides confidential values that are shown otherwise
	 * @param showValues when to show arguments of commands
	 */
	public SubprocessPoliciesEndpoint(Supplier<Map<String, ProcessPolicy>> policies, PolicyValueOrigins origins,
			Iterable<SanitizingFunction> sanitizingFunctions, Show showValues) {
		this.policies = policies;
		this.origins = origins;
		this.sanitizer = new Sanitizer(sanitizingFunctions);
		this.showValues = showValues;
	}

	/**
	 * Describe all policies.
	 * @return the policies by name
	 */
	@ReadOperation
	public PoliciesDescriptor policies() {
		return policies(this.showValues.isShown(true));
	}

	PoliciesDescriptor policies(boolean showUnsanitized) {
		Map<String, PolicyDescriptor> described = new TreeMap<>();
		this.policies.get().forEach((name, policy) -> described.put(name, describe(name, policy, showUnsanitized)));
		return new PoliciesDescriptor(described);
	}

	/**
	 * Describe a policy.
	 * @param name its name
	 * @return the policy, or {@code null} when there is none of that name
	 */
	@ReadOperation
	public @Nullable PolicyDescriptor policy(@Selector String name) {
		return policy(name, this.showValues.isShown(true));
	}

	@Nullable PolicyDescriptor policy(String name, boolean showUnsanitized) {
		ProcessPolicy policy = this.policies.get().get(name);
		return (policy != null) ? describe(name, policy, showUnsanitized) : null;
	}

	private PolicyDescriptor describe(String name, ProcessPolicy policy, boolean showUnsanitized) {
		Map<String, PolicyValueDescriptor> values = new TreeMap<>();
		PolicyDescription.of(policy, (key, value) -> sanitize(key, value, showUnsanitized)).forEach((key, value) -> {
			String origin = this.origins.originOf(name, key);
			values.put(key, new PolicyValueDescriptor(value, (origin != null) ? origin : unwritten(key, value)));
		});
		return new PolicyDescriptor(values);
	}

	private static String unwritten(String key, Object value) {
		return value.equals(DEFAULTS.get(key)) ? BUILT_IN : CUSTOMIZER;
	}

	private String sanitize(String key, String value, boolean showUnsanitized) {
		return String.valueOf(this.sanitizer.sanitize(new SanitizableData(null, key, value), showUnsanitized));
	}

}
