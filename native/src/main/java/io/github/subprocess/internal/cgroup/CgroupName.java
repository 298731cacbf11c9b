// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of cgroups that are made here. A name tells which JVM has made it: by the
 * number of its pid namespace, its pid and its time of birth, so that the cgroups of a
 * JVM that has died are known from those of all others.
 */
final class CgroupName {

	private static final Pattern NAME = Pattern.compile("subprocess-(\\d+)-(\\d+)-(\\d+)-\\d+-[A-Za-z0-9_-]*");

	private static final int LONGEST_POLICY = 40;

	private static final int START = 19;

	private static final AtomicLong numbers = new AtomicLong();

	private static final String NAMESPACE = namespace();

	private static final long PID = ProcessHandle.current().pid();

	private static final String BIRTH = birth(PID);

	private CgroupName() {
	}

	/**
	 * Return a name that no other cgroup of this JVM has been given.
	 */
	static String next(String policy) {
		String safe = policy.replaceAll("[^A-Za-z0-9_-]", "_");
		return "subprocess-%s-%d-%s-%d-%s".formatted(NAMESPACE, PID, BIRTH, numbers.incrementAndGet(),
				safe.substring(0, Math.min(safe.length(), LONGEST_POLICY)));
	}

	/**
	 * Return whether a cgroup was made by a JVM that is no more. Those of other pid
	 * namespaces are nobody's to judge.
	 */
	static boolean isOfTheDead(String name) {
		Matcher matcher = NAME.matcher(name);
		if (!matcher.matches() || !matcher.group(1).equals(NAMESPACE) || NAMESPACE.equals("0")) {
			return false;
		}
		long pid = Long.parseLong(matcher.group(2));
		String birth = birth(pid);
		// with hidepid nothing is known of processes of others
		return Files.exists(Path.of("/proc/1/stat")) && !matcher.group(3).equals(birth);
	}

	private static String namespace() {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString().replaceAll("\\D", "");
		}
		catch (IOException ex) {
			return "0";
		}
	}

	/**
	 * Return when a process was born, in clock ticks since the machine was
	 * (proc_pid_stat(5)).
	 */
	private static String birth(long pid) {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
			return stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1)[START];
		}
		catch (IOException ex) {
			return "0";
		}
	}

}
