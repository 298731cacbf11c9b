// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;

/**
 * What tests ask about processes from outside.
 */
public final class Polling {

	private static final Duration DEADLINE = Duration.ofSeconds(20);

	private Polling() {
	}

	public static void await(Callable<Boolean> condition) {
		Awaitility.await().atMost(DEADLINE).pollInterval(Duration.ofMillis(20)).until(condition);
	}

	/**
	 * Whether a process exists and is not a zombie.
	 */
	public static boolean isRunning(long pid) throws IOException {
		try {
			String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
			char state = stat.charAt(stat.lastIndexOf(')') + 2);
			return state != 'Z' && state != 'X';
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			if (String.valueOf(ex.getMessage()).contains("No such process")) {
				return false;
			}
			throw ex;
		}
	}

}
