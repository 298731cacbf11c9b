// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.List;

import io.github.subprocess.benchmarks.contender.Contender;
import io.github.subprocess.benchmarks.contender.Contenders;

/**
 * Answers requests on standard input, one a line, with a line of numbers.
 */
public final class Worker {

	private Worker() {
	}

	/**
	 * Start a worker.
	 * @param arguments the name of the contender
	 * @throws Exception if it cannot be measured
	 */
	public static void main(String[] arguments) throws Exception {
		PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), false);
		System.setOut(System.err);
		Contender contender = Contenders.named(arguments[0]);
		BufferedReader requests = new BufferedReader(new InputStreamReader(System.in));
		String line;
		while ((line = requests.readLine()) != null) {
			answers.println(answer(contender, List.of(line.split(" "))));
			answers.flush();
		}
		System.exit(0);
	}

	private static String answer(Contender contender, List<String> request) throws Exception {
		List<String> rest = request.subList(1, request.size());
		try {
			return switch (request.get(0)) {
				case "spawn" -> Launches.spawn(contender, rest.get(0), number(rest, 1));
				case "run" -> Launches.each(number(rest, 1), () -> contender.run(rest.subList(0, 1)));
				case "capture" -> Launches.capture(contender, rest.get(0), number(rest, 1));
				case "async-capture" ->
					Launches.each(number(rest, 1), () -> contender.captureAsynchronously(rest.subList(0, 1)));
				case "rate" -> Throughput.measure(contender, rest.get(0), number(rest, 1), number(rest, 2));
				case "notice" -> ExitNotice.measure(contender, rest.subList(0, 2), number(rest, 2));
				case "read" -> Streams.read(contender, rest.subList(0, 2), number(rest, 2));
				case "cat" -> Streams.cat(contender, number(rest, 0));
				case "live" -> LiveChildren.measure(contender, rest.subList(0, 2), number(rest, 2));
				case "allocation" -> Allocation.measure(contender, rest.get(0), number(rest, 1));
				case "open" -> OpenDescriptors.open(number(rest, 0));
				default -> "unsupported";
			};
		}
		catch (UnsupportedOperationException ex) {
			return "unsupported";
		}
	}

	private static int number(List<String> arguments, int index) {
		return Integer.parseInt(arguments.get(index));
	}

}
