// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationPropertiesBindHandlerAdvisor;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.convert.ConversionFailedException;

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

		@Override
		public @Nullable Object onFailure(ConfigurationPropertyName name, Bindable<?> target, BindContext context,
				Exception error) throws Exception {
			if (PREFIX.isAncestorOf(name)) {
				if (error instanceof ConversionFailedException conversion) {
					this.failed.add(name);
					this.problems.addInvalid(name.toString(), conversion.getValue(), ExpectedValue.of(target));
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
