// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.subprocess.LaunchPlatform;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.ProcessLauncher;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs behaviour tests and says what came out: {@code java -jar conformance.jar
 * [set|class|class#method...]}, where a set is one of {@link BehaviourSet} in lower case.
 * It exits with 0 if all tests passed or were skipped, with 1 if some failed or there
 * were none, with 2 if it was called wrongly, and with 3 if processes cannot be started
 * here at all.
 */
public final class Conformance {

	private static final int FAILED = 1;

	private static final int WRONG_CALL = 2;

	private static final int UNAVAILABLE = 3;

	private Conformance() {
	}

	public static void main(String... arguments) throws IOException {
		System.exit(run(arguments, System.out));
	}

	private static int run(String[] arguments, PrintStream out) throws IOException {
		List<DiscoverySelector> selectors = new ArrayList<>();
		try {
			for (String argument : arguments.length > 0 ? arguments : new String[] { "behaviours" }) {
				selectors.addAll(selectors(argument));
			}
		}
		catch (IllegalArgumentException ex) {
			out.println("There is no set of behaviours and no class '" + ex.getMessage() + "'");
			return WRONG_CALL;
		}
		out.println(Surroundings.describe());
		try (ProcessLauncher launcher = ProcessLauncher.builder().build()) {
			launcher.awaitReady();
			out.println(RefusedCalls.describe());
			out.println(describe(launcher.platform()));
		}
		catch (NativeCoreUnavailableException ex) {
			out.println("unavailable: " + ex.getMessage());
			out.println("remedy: " + ex.remedy());
			ex.printStackTrace(out);
			return UNAVAILABLE;
		}
		try (FixturePrograms fixtures = FixturePrograms.unpack()) {
			System.setProperty("subprocess.fixtures", fixtures.folder().toString());
			return runTests(selectors, out);
		}
	}

	private static int runTests(List<DiscoverySelector> selectors, PrintStream out) {
		LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request().selectors(selectors).build();
		TestCounts counts = new TestCounts(out);
		LauncherFactory.create().execute(request, counts);
		out.println(counts);
		return counts.isGood() ? 0 : FAILED;
	}

	private static List<DiscoverySelector> selectors(String argument) {
		if (argument.contains("#")) {
			return List.of(DiscoverySelectors.selectMethod(argument));
		}
		if (argument.contains(".")) {
			return List.of(selectClass(argument));
		}
		for (BehaviourSet set : BehaviourSet.values()) {
			if (argument.equals(set.name().toLowerCase(Locale.ROOT).replace('_', '-'))) {
				return set.classes().stream().map(Conformance::selectClass).toList();
			}
		}
		throw new IllegalArgumentException(argument);
	}

	private static DiscoverySelector selectClass(String name) {
		try {
			// a class that is not there would be a set that silently became smaller
			return DiscoverySelectors.selectClass(Class.forName(name, false, Conformance.class.getClassLoader()));
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalArgumentException(name, ex);
		}
	}

	private static String describe(LaunchPlatform platform) {
		return "platform: java=" + Runtime.version().feature() + " pid=" + ProcessHandle.current().pid() + " user="
				+ System.getProperty("user.name") + " mechanism=" + platform.mechanism() + " pidfds="
				+ platform.pidfds() + " clone3=" + platform.kernel().clone3() + " close_range="
				+ platform.kernel().closeRange() + " landlock=" + (platform.sandbox().landlock() > 0) + " filters="
				+ platform.sandbox().filters();
	}

}
