// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What a filter of system calls has to know of an architecture: the same call has another
 * number on each, and a kernel may run programs of more than one.
 */
enum FilterArchitecture {

	X86_64(0xC000003E), AARCH64(0xC00000B7);

	private final int auditNumber;

	FilterArchitecture(int auditNumber) {
		this.auditNumber = auditNumber;
	}

	/**
	 * Find an architecture. A pure function.
	 * @param osArch the property {@code os.arch}
	 * @return the architecture, {@code null} if its numbers are not known
	 */
	static @Nullable FilterArchitecture of(String osArch) {
		return switch (osArch.toLowerCase(Locale.ROOT)) {
			case "amd64", "x86_64" -> X86_64;
			case "aarch64", "arm64" -> AARCH64;
			default -> null;
		};
	}

	/**
	 * Return the number that the kernel tells a filter (AUDIT_ARCH_..., seccomp(2)).
	 */
	int auditNumber() {
		return this.auditNumber;
	}

	/**
	 * Return whether the kernel may take calls of another ABI under this number: those of
	 * x32 have a bit of their own.
	 */
	boolean hasSecondAbi() {
		return this == X86_64;
	}

	int choose(int x86, int arm) {
		return (this == X86_64) ? x86 : arm;
	}

	int socket() {
		return choose(41, 198);
	}

	int socketpair() {
		return choose(53, 199);
	}

	int cloning() {
		return choose(56, 220);
	}

	int write() {
		return choose(1, 64);
	}

	int nanosleep() {
		return choose(35, 101);
	}

	int execve() {
		return choose(59, 221);
	}

	int exitGroup() {
		return choose(231, 94);
	}

}
