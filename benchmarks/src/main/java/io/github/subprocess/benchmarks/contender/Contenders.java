// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.contender;

/**
 * All contenders that live in a JVM, by name.
 */
public final class Contenders {

	private Contenders() {
	}

	/**
	 * Make a contender.
	 * @param name its name
	 * @return the contender
	 */
	public static Contender named(String name) {
		return switch (name) {
			case "bare" -> new BareSubprocess();
			case "managed" -> new ManagedSubprocess();
			case "jdk" -> new JdkProcess();
			case "nuprocess" -> new NuProcesses();
			case "zt-exec" -> new ZtExec();
			case "commons-exec" -> new CommonsExec();
			case "jnr-posix" -> new JnrPosix();
			default -> throw new IllegalArgumentException(name);
		};
	}

}
