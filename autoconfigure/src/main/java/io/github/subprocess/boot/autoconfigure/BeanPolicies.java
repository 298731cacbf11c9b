// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.NamedProcessPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.util.ReflectionUtils;

/**
 * The policies that are defined as beans.
 */
final class BeanPolicies {

	private static final BeanPolicies NONE = new BeanPolicies(Map.of());

	/** By the names of the beans, so that problems are told in one order. */
	private final Map<String, NamedProcessPolicy> beans;

	private BeanPolicies(Map<String, NamedProcessPolicy> beans) {
		this.beans = new TreeMap<>(beans);
	}

	static BeanPolicies none() {
		return NONE;
	}

	static BeanPolicies in(ListableBeanFactory factory) {
		return new BeanPolicies(BeanFactoryUtils.beansOfTypeIncludingAncestors(factory, NamedProcessPolicy.class));
	}

	/**
	 * Return the policies by their own names.
	 * @param problems where two of one name are told, and one whose name is taken
	 * @return the policies
	 */
	Map<String, ProcessPolicy> byName(PropertyProblems problems) {
		Map<String, ProcessPolicy> policies = new TreeMap<>();
		this.beans.forEach((bean, named) -> {
			if (named.name().equals(ProcessLauncher.NO_POLICY)) {
				problems.addInvalidBean(bean, "The name '" + named.name()
						+ "' stands for processes without a policy; give the policy another.");
			}
			else if (policies.putIfAbsent(named.name(), named.policy()) != null) {
				problems.addInvalidBean(bean, "There is another bean for the policy '" + named.name() + "', '"
						+ beanOf(named.name()) + "'; give one of them another name.");
			}
		});
		return policies;
	}

	/**
	 * Return the bean that decides on a part of a policy.
	 * @param policy the name of the policy
	 * @param part the part, as properties name it
	 * @return the name of the bean, or {@code null} if none does
	 */
	@Nullable String deciding(String policy, String part) {
		String bean = beanOf(policy);
		NamedProcessPolicy named = (bean != null) ? this.beans.get(bean) : null;
		return (named != null && decides(named.policy(), part)) ? bean : null;
	}

	private @Nullable String beanOf(String policy) {
		return this.beans.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().name().equals(policy))
			.map(Map.Entry::getKey)
			.findFirst()
			.orElse(null);
	}

	private static boolean decides(ProcessPolicy policy, String part) {
		String component = part.split("\\.", 2)[0];
		return Arrays.stream(ProcessPolicy.class.getRecordComponents())
			.filter((candidate) -> DataObjectPropertyName.toDashedForm(candidate.getName()).equals(component))
			.map(RecordComponent::getAccessor)
			.anyMatch((accessor) -> ReflectionUtils.invokeMethod(accessor, policy) != null);
	}

}
