// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Map;

/**
 * Where the members of {@code struct subprocess_request} and {@code struct
 * subprocess_result} are.
 */
final class RequestLayout {

	static final int SIZE = 0;

	static final int FLAGS = 4;

	static final int MECHANISM = 8;

	static final int CLOSING = 12;

	static final int SESSION = 16;

	static final int PROCESS_GROUP = 20;

	static final int DESCRIPTOR_COUNT = 24;

	static final int DESCRIPTORS = 32;

	static final int PROGRAMS = 40;

	static final int ARGV = 48;

	static final int ENVP = 56;

	static final int WORKING_DIRECTORY = 64;

	static final int DEFAULT_SIGNALS = 72;

	static final int EXTENT = 80;

	static final int ATTRIBUTES = 88;

	static final int BEST_EFFORT = 92;

	static final int ROOM = 96;

	static final int ROOM_COUNT = 104;

	static final int CONTROLLING_TERMINAL = 108;

	static final int CGROUP = 112;

	static final int LIMIT_COUNT = 116;

	static final int LIMITS = 120;

	static final int AFFINITY = 128;

	static final int AFFINITY_SIZE = 136;

	static final int NICE = 140;

	static final int OOM_SCORE = 144;

	static final int UMASK = 148;

	static final int GROUPS = 152;

	static final int GROUP_COUNT = 160;

	static final int GROUP_ID = 164;

	static final int USER_ID = 168;

	static final int DEATH_SIGNAL = 172;

	static final int RULES = 176;

	static final int HANDLED_FILES = 184;

	static final int HANDLED_PORTS = 192;

	static final int SCOPED = 200;

	static final int FILTER = 208;

	static final int RULE_COUNT = 216;

	static final int FILTER_LENGTH = 220;

	static final int PROGRAM_FILE = 224;

	static final int REQUEST_SIZE = 232;

	/**
	 * Where the result begins in the block of a request.
	 */
	static final int RESULT = REQUEST_SIZE;

	static final int RESULT_PID = RESULT + 4;

	static final int RESULT_PIDFD = RESULT + 8;

	static final int RESULT_MECHANISM = RESULT + 12;

	static final int RESULT_CLOSING = RESULT + 16;

	static final int RESULT_PROGRAM = RESULT + 20;

	static final int RESULT_STEP = RESULT + 24;

	static final int RESULT_DETAIL = RESULT + 28;

	static final int RESULT_ERROR = RESULT + 32;

	static final int RESULT_SIGNAL = RESULT + 36;

	static final int RESULT_WARNING_COUNT = RESULT + 40;

	static final int RESULT_WARNINGS = RESULT + 44;

	static final int WARNING_SIZE = 12;

	static final int MAX_WARNINGS = 32;

	static final int RESULT_SIZE = RESULT_WARNINGS - RESULT + MAX_WARNINGS * WARNING_SIZE;

	/**
	 * What stands before the arrays, which are aligned to 8 bytes.
	 */
	static final int HEADER_SIZE = (RESULT + RESULT_SIZE + 7) & ~7;

	private static final Map<Integer, String> NAMES = Map.ofEntries(Map.entry(SIZE, "size"), Map.entry(FLAGS, "flags"),
			Map.entry(MECHANISM, "mechanism"), Map.entry(CLOSING, "closing"), Map.entry(SESSION, "session"),
			Map.entry(PROCESS_GROUP, "process group"), Map.entry(DESCRIPTOR_COUNT, "number of descriptors"),
			Map.entry(DESCRIPTORS, "descriptors"), Map.entry(PROGRAMS, "programs"), Map.entry(ARGV, "arguments"),
			Map.entry(ENVP, "environment"), Map.entry(WORKING_DIRECTORY, "working directory"),
			Map.entry(EXTENT, "extent"), Map.entry(ATTRIBUTES, "attributes"), Map.entry(BEST_EFFORT, "best effort"),
			Map.entry(ROOM, "room"), Map.entry(ROOM_COUNT, "size of the room"),
			Map.entry(CONTROLLING_TERMINAL, "controlling terminal"), Map.entry(CGROUP, "cgroup"),
			Map.entry(LIMIT_COUNT, "number of limits"), Map.entry(LIMITS, "limits"), Map.entry(AFFINITY, "affinity"),
			Map.entry(AFFINITY_SIZE, "size of the affinity"), Map.entry(NICE, "nice value"),
			Map.entry(OOM_SCORE, "out-of-memory score"), Map.entry(UMASK, "umask"), Map.entry(GROUPS, "groups"),
			Map.entry(GROUP_COUNT, "number of groups"), Map.entry(GROUP_ID, "group"), Map.entry(USER_ID, "user"),
			Map.entry(DEATH_SIGNAL, "death signal"), Map.entry(RULES, "rules of Landlock"),
			Map.entry(HANDLED_FILES, "rights on files"), Map.entry(HANDLED_PORTS, "rights on ports"),
			Map.entry(SCOPED, "scopes"), Map.entry(FILTER, "filter"), Map.entry(RULE_COUNT, "number of rules"),
			Map.entry(FILTER_LENGTH, "length of the filter"), Map.entry(PROGRAM_FILE, "file of the program"));

	private RequestLayout() {
	}

	/**
	 * Return the name of a member.
	 * @param offset where it is
	 * @return its name
	 */
	static String nameOf(int offset) {
		return NAMES.getOrDefault(offset, "member at offset " + offset);
	}

}
