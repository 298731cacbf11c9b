// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;

/**
 * Keeps the binding of {@code subprocess} properties from stopping at the first value of
 * a wrong type, or at unknown keys: they are told together with what is found wrong
 * later. Whoever {@linkplain #take() takes} them has to throw them; from then on binding
 * stops at the first again, since nobody would tell.
 */
final class BindingProblems implements ConfigurationPropertiesBindHandlerAdvisor {

	private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of(SubprocessProperties.PREFIX);

	private PropertyProblems problems = new PropertyProblems();

	private boolean taken;

	/**
	 * Take over the problems.
	 * @return those of the binding, none the second time
	 */
	synchronized PropertyProblems take() {
		PropertyProblems problems = this.problems;
		this.problems = new PropertyProblems();
		this.taken = true;
		return problems;
	}

	@Override
	public synchronized BindHandler apply(BindHandler handler) {
		return this.taken ? handler : new Collector(handler, this.problems);
	}

	/**
	 * Collects the problems of one binding.
	 */
	private static final class Collector extends AbstractBindHandler {

		private final PropertyProblems problems;

		private final Set<ConfigurationPropertyName> failed = new HashSet<>();

		Collector(BindHandler parent, PropertyProblems problems) {
			super(parent);
			this.problems = problems;
		}

		/** What is blank becomes nothing, which no list and no map can hold. */
		@Override
		public @Nullable Object onSuccess(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Object result) {
			if (PREFIX.isAncestorOf(name) && holdsNothing(result)) {
				this.failed.add(name);
				this.problems.addInvalid(name.toString(), null, "Must not hold what is blank.");
				return null;
			}
			return super.onSuccess(name, target, context, result);
		}

		private static boolean holdsNothing(Object result) {
			if (result instanceof Map<?, ?> map) {
				return map.values().stream().anyMatch(Objects::isNull);
			}
			return result instanceof Collection<?> collection && collection.stream().anyMatch(Objects::isNull);
		}

		/** Nothing of variables and commands: they may be secrets. */
		private static @Nullable Object shown(ConfigurationPropertyName name, @Nullable Object value) {
			for (int i = 1; i < name.getNumberOfElements(); i++) {
				String element = name.getElement(i, Form.UNIFORM);
				boolean set = element.equals("set") && name.getElement(i - 1, Form.UNIFORM).equals("environment");
				if (set || element.equals("command")) {
					return null;
				}
			}
			return value;
		}

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			if (PREFIX.isAncestorOf(name)) {
				if (error instanceof ConversionFailedException conversion) {
					this.failed.add(name);
					this.problems.addInvalid(name.toString(), shown(name, conversion.getValue()),
							ExpectedValue.of(target));
					return null;
				}
				if (error instanceof ConverterNotFoundException) {
					ConfigurationProperty property = context.getConfigurationProperty();
					this.failed.add(name);
					this.problems.addInvalid(name.toString(),
							shown(name, (property != null) ? property.getValue() : null), ExpectedValue.of(target));
					return null;
				}
				if (error instanceof UnboundConfigurationPropertiesException && hasFailedAtOrBelow(name)) {
					// elements of a list behind the one that failed
					this.failed.add(name);
					return null;
				}
			}
			return super.onFailure(name, target, context, error);
		}

		@Override
		public void onFinish(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				@Nullable Object result) throws Exception {
			try {
				super.onFinish(name, target, context, result);
			}
			catch (UnboundConfigurationPropertiesException ex) {
				if (!name.equals(PREFIX)) {
					throw ex;
				}
				this.problems.addUnknown(ex.getUnboundProperties()
					.stream()
					.filter((property) -> !hasFailedAtOrAbove(property.getName()))
					.toList());
			}
		}

		private boolean hasFailedAtOrBelow(ConfigurationPropertyName name) {
			return this.failed.stream().anyMatch((failed) -> failed.equals(name) || name.isAncestorOf(failed));
		}

		private boolean hasFailedAtOrAbove(ConfigurationPropertyName name) {
			return this.failed.stream().anyMatch((failed) -> failed.equals(name) || failed.isAncestorOf(name));
		}

	}

}
