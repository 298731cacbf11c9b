// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.subprocess.LaunchRefusedException;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.SystemCallFailure;

/**
 * The file of a program that is executed by its descriptor, so that what has been checked
 * and what is executed are one.
 */
public final class PinnedProgram {

	static final String GUARD = "guard.pin-program";

	private PinnedProgram() {
	}

	/**
	 * Return whether a policy wants it.
	 * @param policy the policy
	 * @return whether its programs are executed by descriptor
	 */
	public static boolean isWanted(ProcessPolicy policy) {
		return policy.guard() != null && Boolean.TRUE.equals(policy.guard().pinsProgram());
	}

	/**
	 * Open a program and check what has been opened.
	 * @param io the descriptor calls
	 * @param policyName under which policy it is to be launched
	 * @param program its name in the command
	 * @param path the file that passed the guards
	 * @return its descriptor, which the caller closes
	 * @throws SystemCallFailure if it cannot be opened
	 * @throws LaunchRefusedException if it must not be executed
	 */
	public static int open(DescriptorIo io, String policyName, String program, String path) throws SystemCallFailure {
		Path file = Path.of(path);
		int descriptor = io.openProgram(file);
		String objection = ProgramOwnership.objection(file, descriptor);
		if (objection == null && isScript(descriptor)) {
			objection = file + " is a script, which its interpreter would open again, under whatever name: "
					+ "make the interpreter the program, and the script its argument";
		}
		if (objection != null) {
			io.close(descriptor);
			throw new LaunchRefusedException(policyName, GUARD, program, objection);
		}
		return descriptor;
	}

	/** What may not be read is not known to be one; execution fails then. */
	private static boolean isScript(int descriptor) {
		try (InputStream content = Files.newInputStream(Path.of("/proc/self/fd/" + descriptor))) {
			return content.read() == '#' && content.read() == '!';
		}
		catch (IOException ex) {
			return false;
		}
	}

}
