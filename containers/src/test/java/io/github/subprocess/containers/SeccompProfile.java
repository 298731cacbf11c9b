// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A seccomp profile of Docker in which some system calls are refused: as by a kernel that
 * lacks them (ENOSYS), or as by an administrator (EPERM).
 *
 * @param calls the names of the calls
 * @param errno with which number they fail
 */
record SeccompProfile(List<String> calls, int errno) {

	static final int EPERM = 1;

	static final int ENOSYS = 38;

	private static final List<String> ASKED = List.of("close_range", "pidfd_open", "clone3", "landlock_create_ruleset",
			"landlock_add_rule");

	private static final String TEMPLATE = """
			{
			  "defaultAction": "SCMP_ACT_ALLOW",
			  "syscalls": [ { "names": [ %s ], "action": "SCMP_ACT_ERRNO", "errnoRet": %d } ]
			}
			""";

	static SeccompProfile refuse(int errno, String... calls) {
		return new SeccompProfile(Arrays.asList(calls), errno);
	}

	/**
	 * What the program says of the calls in this profile, and that it finds the others:
	 * nobody else's profile is in force.
	 */
	List<String> found() {
		String name = (this.errno == EPERM) ? "EPERM" : "ENOSYS";
		return ASKED.stream()
			.filter((call) -> this.calls.contains(call) || !call.startsWith("landlock"))
			.map((call) -> call + ":" + (this.calls.contains(call) ? name : "there"))
			.toList();
	}

	String json() {
		return TEMPLATE.formatted(this.calls.stream().map((call) -> '"' + call + '"').collect(Collectors.joining(", ")),
				this.errno);
	}

}
