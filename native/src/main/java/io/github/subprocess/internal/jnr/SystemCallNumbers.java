// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The numbers of system calls that not every libc has a function for. Calls that are as
 * young as pidfds have one number everywhere.
 */
final class SystemCallNumbers {

	static final int PIDFD_SEND_SIGNAL = 424;

	static final int PIDFD_OPEN = 434;

	static final int CLONE3 = 435;

	static final int CLOSE_RANGE = 436;

	private SystemCallNumbers() {
	}

	/**
	 * Return the number of waitid(2), which tells the resource usage when it is called
	 * directly. A pure function.
	 * @param osName the property {@code os.name}
	 * @param osArch the property {@code os.arch}
	 * @return the number, or {@code null} where structures and signals differ from those
	 * that this library knows
	 */
	static @Nullable Integer waitid(String osName, String osArch) {
		if (!osName.equalsIgnoreCase("linux")) {
			return null;
		}
		return switch (osArch.toLowerCase(Locale.ROOT)) {
			case "amd64", "x86_64" -> 247;
			case "aarch64", "arm64", "riscv64", "loongarch64" -> 95;
			case "ppc64le" -> 272;
			case "s390x" -> 281;
			default -> null;
		};
	}

}
