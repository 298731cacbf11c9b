// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.BeanUtils;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.ResolvableType;

/**
 * The keys below {@code subprocess}, as {@link SubprocessProperties} has them.
 */
final class KnownKeys {

	private KnownKeys() {
	}

	/**
	 * Walk along a key until it leaves the known ones.
	 * @param name a key below {@code subprocess}
	 * @return where it does
	 */
	static Place leave(ConfigurationPropertyName name) {
		ResolvableType type = ResolvableType.forClass(SubprocessProperties.class);
		for (int i = 1; i < name.getNumberOfElements(); i++) {
			String element = name.getElement(i, Form.ORIGINAL);
			SortedMap<String, ResolvableType> children = children(type);
			ResolvableType next = Map.class.isAssignableFrom(type.toClass()) ? type.getGeneric(1)
					: find(children, name.getElement(i, Form.UNIFORM));
			if (next == null) {
				return new Place(name.chop(i).toString(), element, children);
			}
			type = next;
		}
		return new Place(name.getParent().toString(), name.getLastElement(Form.ORIGINAL), new TreeMap<>());
	}

	private static @Nullable ResolvableType find(Map<String, ResolvableType> children, String uniform) {
		return children.entrySet()
			.stream()
			.filter((child) -> child.getKey().replace("-", "").equals(uniform))
			.map(Map.Entry::getValue)
			.findFirst()
			.orElse(null);
	}

	private static SortedMap<String, ResolvableType> children(ResolvableType type) {
		SortedMap<String, ResolvableType> children = new TreeMap<>();
		boolean ours = type.toClass().getPackageName().equals(SubprocessProperties.class.getPackageName());
		if (ours && !type.toClass().isEnum()) {
			Arrays.stream(BeanUtils.getPropertyDescriptors(type.toClass()))
				.filter((property) -> !property.getName().equals("class"))
				.forEach((property) -> children.put(DataObjectPropertyName.toDashedForm(property.getName()),
						typeOf(property)));
		}
		return children;
	}

	private static ResolvableType typeOf(PropertyDescriptor property) {
		return ResolvableType.forMethodReturnType(property.getReadMethod());
	}

	/**
	 * Where a key leaves the known ones.
	 *
	 * @param parent the part that is known
	 * @param element what is not known below it
	 * @param children what is known below it, none if it is a single value
	 */
	record Place(String parent, String element, SortedMap<String, ResolvableType> children) {

		/**
		 * Say what was probably meant.
		 * @return one sentence or two
		 */
		String advice() {
			if (this.children.isEmpty()) {
				return "Remove '%s' below '%s', which is a single value or a list.".formatted(this.element,
						this.parent);
			}
			String known = "Known below '%s' are: %s.".formatted(this.parent,
					String.join(", ", this.children.keySet()));
			return NearestName.of(this.element, this.children.keySet())
				.map((name) -> "Did you mean '%s.%s'? %s".formatted(this.parent, name, known))
				.orElse(known);
		}

	}

}
