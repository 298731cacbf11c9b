// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.lang.ProcessBuilder.Redirect;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;

/**
 * Times the first launch of a JVM, in nanoseconds. With {@code at-once} everything is
 * counted; with {@code later} the launcher was made a second before, as it is while an
 * application starts.
 */
public final class FirstLaunch {

	private FirstLaunch() {
	}

	/**
	 * Launch once.
	 * @param arguments whose launch, when, and the program
	 * @throws Exception if it cannot
	 */
	public static void main(String[] arguments) throws Exception {
		boolean later = arguments[1].equals("later");
		long begun = System.nanoTime();
		if (arguments[0].equals("jdk")) {
			begun = later ? second() : begun;
			new ProcessBuilder(arguments[2]).redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD).start();
		}
		else {
			ProcessLauncher launcher = ProcessLauncher.create();
			begun = later ? second() : begun;
			launcher.command(arguments[2]).output(OutputTarget.discard()).error(OutputTarget.discard()).start();
		}
		System.out.println(System.nanoTime() - begun);
		System.exit(0);
	}

	private static long second() throws InterruptedException {
		Thread.sleep(1000);
		return System.nanoTime();
	}

}
