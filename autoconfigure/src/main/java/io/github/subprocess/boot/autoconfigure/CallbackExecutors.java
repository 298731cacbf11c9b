// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Chooses where code of the application runs that takes output, gives input or listens.
 * One that blocks must not keep another from running, so a pool of few threads is not
 * chosen unless it was made for that.
 */
final class CallbackExecutors {

	/**
	 * The name of a bean that is used whatever it is.
	 */
	static final String BEAN_NAME = "subprocessTaskExecutor";

	private CallbackExecutors() {
	}

	static @Nullable Executor choose(BeanFactory beans) {
		if (has(beans, BEAN_NAME, Executor.class)) {
			return beans.getBean(BEAN_NAME, Executor.class);
		}
		String ofApplication = TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;
		if (has(beans, ofApplication, SimpleAsyncTaskExecutor.class)) {
			SimpleAsyncTaskExecutor executor = beans.getBean(ofApplication, SimpleAsyncTaskExecutor.class);
			return executor.isThrottleActive() ? null : executor;
		}
		return null;
	}

	private static boolean has(BeanFactory beans, String name, Class<?> type) {
		return beans.containsBean(name) && beans.isTypeMatch(name, type);
	}

}
