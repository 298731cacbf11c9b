// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Functions of a library, one of which is answered by a test: what this machine's libc
 * never does, others do.
 */
final class Substitute {

	private Substitute() {
	}

	/**
	 * Return functions of which one answers differently.
	 * @param <T> the type of the library
	 * @param type the type of the library
	 * @param real the library
	 * @param function the name of the function
	 * @param answer its answers; {@code null} asks the library
	 * @return the library with the other function
	 */
	static <T> T function(Class<T> type, T real, String function, Answer answer) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				Object given = method.getName().equals(function) ? answer.to(arguments) : null;
				try {
					return (given != null) ? given : method.invoke(real, arguments);
				}
				catch (InvocationTargetException ex) {
					throw ex.getCause();
				}
			}));
	}

	@FunctionalInterface
	interface Answer {

		Object to(Object[] arguments);

	}

}
