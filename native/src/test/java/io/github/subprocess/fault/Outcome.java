// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.util.regex.Pattern;

import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * What became of a case, in words that are the same each time.
 */
final class Outcome {

	static final String AS_USUAL = "as usual";

	/**
	 * A class loader hides why it finds nothing.
	 */
	private static final String HIDDEN = "cannot be found: the jar does not hold it, or cannot be read";

	private static final Pattern PATHS = Pattern.compile("/tmp/[^ :,']*/");

	private static final Pattern DESCRIPTORS = Pattern.compile("/proc/[^ :,'/]*/");

	private static final Pattern PLATFORM = Pattern.compile("linux-(x86_64|aarch64)");

	private static final Pattern NUMBERS = Pattern.compile("(?<![A-Za-z_])\\d+|(?<=guardian)\\d+");

	private static final Pattern IDS = Pattern.compile("(?<=\\bid |Process )[0-9a-z]*\\d[0-9a-z]*");

	private Outcome() {
	}

	/**
	 * Leave away what is another time another one: numbers, folders.
	 */
	static String shorten(String text) {
		String same = PATHS.matcher(text).replaceAll("…/");
		same = DESCRIPTORS.matcher(same).replaceAll("/proc/N/");
		same = PLATFORM.matcher(same).replaceAll("linux");
		same = IDS.matcher(same).replaceAll("N");
		return NUMBERS.matcher(same).replaceAll("N").replace('|', '/');
	}

	/**
	 * Tell what is wrong with an outcome: what is lost, or not told.
	 * @param outcome the outcome
	 * @param error the error that was made
	 * @return what is wrong, or {@code null}
	 */
	static @Nullable String wrong(String outcome, Errno error) {
		if (outcome.startsWith("PromiseBroken")) {
			return "success is told of what is none";
		}
		if (outcome.startsWith(AS_USUAL) || outcome.contains(error.name()) || outcome.contains(error.description())
				|| outcome.contains(inWords(error)) || outcome.contains(HIDDEN) || outcome.contains("ENOTSUP")) {
			return null;
		}
		return "the error is not told";
	}

	/**
	 * Return how an error is told that the JDK has hidden, or for which a thing is taken
	 * to be unsupported.
	 */
	private static String inWords(Errno error) {
		return switch (error) {
			case EACCES -> "AccessDenied";
			case ENOSYS, EPERM -> "NOT_PERMITTED";
			default -> error.name();
		};
	}

}
