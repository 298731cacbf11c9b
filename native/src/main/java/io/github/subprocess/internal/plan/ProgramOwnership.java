// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether anybody but root and the user of the JVM could change which program a
 * path stands for.
 */
final class ProgramOwnership {

	private static final int GROUP_OR_OTHERS_WRITE = 0022;

	private static final int STICKY = 01000;

	private static final int TYPE = 0170000;

	private static final int REGULAR = 0100000;

	private static final String UID = "Uid:";

	private ProgramOwnership() {
	}

	/**
	 * Look at a file and all directories above it.
	 * @param file the file, no part of its path being a link
	 * @return what is wrong with one of them, {@code null} if nothing is
	 */
	static @Nullable String objection(Path file) {
		try {
			int user = userOfJvm();
			for (Path path = file; path != null; path = path.getParent()) {
				String objection = objectionToPath(path, user);
				if (objection != null) {
					return objection;
				}
			}
			return null;
		}
		catch (IOException | NumberFormatException ex) {
			return "it cannot be checked: " + ex;
		}
	}

	/**
	 * Look at a file that is open.
	 * @param file what it was opened as
	 * @param descriptor its descriptor
	 * @return what is wrong with it, {@code null} if nothing is
	 */
	static @Nullable String objection(Path file, int descriptor) {
		try {
			// without a permission on the file this tells what fstat(2) does
			Map<String, Object> attributes = Files.readAttributes(Path.of("/proc/self/fd/" + descriptor),
					"unix:uid,mode");
			if (((Integer) attributes.getOrDefault("mode", 0) & TYPE) != REGULAR) {
				return file + " is no regular file";
			}
			return objection(file, attributes, false, userOfJvm());
		}
		catch (IOException | NumberFormatException ex) {
			return "it cannot be checked: " + ex;
		}
	}

	private static @Nullable String objectionToPath(Path path, int user) throws IOException {
		Map<String, Object> attributes = Files.readAttributes(path, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
		return objection(path, attributes, Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS), user);
	}

	private static @Nullable String objection(Path path, Map<String, Object> attributes, boolean directory, int user) {
		int owner = (Integer) attributes.getOrDefault("uid", -1);
		int mode = (Integer) attributes.getOrDefault("mode", 0777);
		if (owner != 0 && owner != user) {
			return "%s belongs to user %s, not to root or the JVM's".formatted(path, Integer.toUnsignedString(owner));
		}
		boolean sticky = (mode & STICKY) != 0 && directory;
		if ((mode & GROUP_OR_OTHERS_WRITE) != 0 && !sticky) {
			return "%s may be written by its group or by others (mode %04o)".formatted(path, mode & 07777);
		}
		return null;
	}

	/** The effective one, which is the second of four (proc_pid_status(5)). */
	private static int userOfJvm() throws IOException {
		for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
			if (line.startsWith(UID)) {
				return Integer.parseUnsignedInt(line.substring(UID.length()).strip().split("\\s+", -1)[1]);
			}
		}
		throw new IOException("/proc/self/status does not tell the user of the JVM");
	}

}
