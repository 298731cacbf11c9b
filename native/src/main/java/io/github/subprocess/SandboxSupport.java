// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.util.EnumMap;
import java.util.Map;

import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.SandboxPolicy;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel of this machine has of sandboxes, and leaves to this JVM: a container
 * may keep from it what the kernel has.
 *
 * @param landlock the version of the ABI of Landlock (landlock(7)), from 1 on; 0: it is
 * not there, or not switched on
 * @param filters whether there are filters of system calls (seccomp(2)) and this library
 * knows the numbers of the calls of this machine
 * @since 0.1.0
 */
public record SandboxSupport(int landlock, boolean filters) {

	private static final SandboxSupport NONE = new SandboxSupport(0, false);

	/**
	 * From here on a file that may not be written cannot be truncated either.
	 */
	private static final int LANDLOCK_OF_FILES = 3;

	private static final int LANDLOCK_OF_PORTS = 4;

	private static final int LANDLOCK_OF_SCOPES = 6;

	public SandboxSupport {
		if (landlock < 0) {
			throw new IllegalArgumentException("landlock must not be negative: " + landlock);
		}
	}

	/**
	 * Return the support of a machine that has none.
	 * @return no support
	 */
	public static SandboxSupport none() {
		return NONE;
	}

	/**
	 * Tell what cannot be done of a sandbox here.
	 * @param sandbox the sandbox
	 * @return for each part that cannot be done the name of the part, what it needs and
	 * what there is, such as "sandbox ports need Landlock 4 (Linux 6.7), there is 3"; in
	 * the order of the parts, empty if all can be done
	 */
	public Map<Attribute, String> obstacles(SandboxPolicy sandbox) {
		Map<Attribute, String> obstacles = new EnumMap<>(Attribute.class);
		for (Attribute part : sandbox.parts()) {
			String obstacle = obstacle(part);
			if (obstacle != null) {
				obstacles.put(part, obstacle);
			}
		}
		return obstacles;
	}

	/**
	 * Tell why a part of sandboxes cannot be done here.
	 * @param part its attribute
	 * @return what it needs and what there is; {@code null} if it can be done
	 */
	public @Nullable String obstacle(Attribute part) {
		return switch (part) {
			case SANDBOX_FILES -> landlock("sandbox files", LANDLOCK_OF_FILES, "6.2");
			case SANDBOX_PORTS -> landlock("sandbox ports", LANDLOCK_OF_PORTS, "6.7");
			case SANDBOX_SIGNALS -> landlock("sandbox signals", LANDLOCK_OF_SCOPES, "6.12");
			case SANDBOX_ABSTRACT_SOCKETS -> landlock("sandbox abstract sockets", LANDLOCK_OF_SCOPES, "6.12");
			case SANDBOX_NETWORK -> filters("sandbox network needs");
			case SANDBOX_SYSTEM_CALLS -> filters("sandbox system calls need");
			default -> throw new IllegalArgumentException("part must be of a sandbox: " + part);
		};
	}

	private @Nullable String landlock(String part, int version, String kernel) {
		if (this.landlock >= version) {
			return null;
		}
		return "%s need Landlock %d (Linux %s), there is %s".formatted(part, version, kernel,
				(this.landlock > 0) ? String.valueOf(this.landlock) : "none");
	}

	private @Nullable String filters(String part) {
		return this.filters ? null : part + " filters of system calls (seccomp), there are none";
	}

}
