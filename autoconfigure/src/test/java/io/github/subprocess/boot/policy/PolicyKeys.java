// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

import io.github.subprocess.boot.autoconfigure.PolicyProperties;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/**
 * All keys that a policy has, from the class that they are bound to.
 */
public final class PolicyKeys {

	private PolicyKeys() {
	}

	public static List<String> all() {
		List<String> keys = new ArrayList<>();
		collect("", PolicyProperties.class, keys);
		return List.copyOf(new TreeSet<>(keys));
	}

	private static void collect(String prefix, Class<?> type, List<String> keys) {
		Arrays.stream(BeanUtils.getPropertyDescriptors(type))
			.filter((property) -> !property.getName().equals("class"))
			.forEach((property) -> {
				String key = prefix + DataObjectPropertyName.toDashedForm(property.getName());
				if (property.getWriteMethod() != null) {
					keys.add(key);
				}
				else {
					collect(key + ".", property.getPropertyType(), keys);
				}
			});
	}

}
