// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.tree;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The value of a variable that a process gets and that its descendants inherit: who has
 * it comes from that one launch, whatever he has left.
 *
 * @param value what nobody else has, and nobody guesses
 */
public record TreeToken(String value) {

	/**
	 * The name of the variable.
	 */
	public static final String VARIABLE = "SUBPROCESS_TREE";

	private static final int BYTES = 16;

	/**
	 * Make a token for one launch.
	 * @return a new token
	 */
	public static TreeToken next() {
		byte[] value = new byte[BYTES];
		Randomness.SOURCE.nextBytes(value);
		return new TreeToken(HexFormat.of().formatHex(value));
	}

	/**
	 * Look at the environment with which a process has begun its program.
	 * @param pid the process
	 * @return whether it has this token; not when it ended, belongs to another user or
	 * has overwritten its environment
	 */
	boolean isCarriedBy(int pid) {
		try {
			byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
			return isIn(new String(environment, StandardCharsets.ISO_8859_1));
		}
		catch (IOException ex) {
			return false;
		}
	}

	boolean isIn(String environment) {
		return ("\0" + environment + "\0").contains("\0" + VARIABLE + "=" + this.value + "\0");
	}

	/**
	 * Return a description without the value, which nobody else should have.
	 */
	@Override
	public String toString() {
		return "TreeToken";
	}

	/**
	 * Made when the first token is.
	 */
	private static final class Randomness {

		static final SecureRandom SOURCE = new SecureRandom();

	}

}
