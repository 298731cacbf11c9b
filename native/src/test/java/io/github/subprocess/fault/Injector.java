// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;

import io.github.subprocess.Fixture;
import jnr.constants.platform.Errno;

/**
 * The program that decides about the system calls of one thread, of the threads that it
 * makes and of their children: it counts them, and lets one of them fail.
 */
final class Injector {

	private final Writer commands;

	private final BufferedReader answers;

	private Injector(int commands, int answers) throws IOException {
		this.commands = Files.newBufferedWriter(Path.of("/proc/self/fd/" + commands), StandardCharsets.US_ASCII);
		this.answers = Files.newBufferedReader(Path.of("/proc/self/fd/" + answers), StandardCharsets.US_ASCII);
	}

	/**
	 * Start it.
	 * @param stage has one thread, about which it decides from now on
	 */
	static Injector start(ExecutorService stage) throws Exception {
		FaultLibrary library = FaultLibrary.load();
		int[] ends = new int[2];
		int error = stage.submit(() -> library.faults_decide(Fixture.program("inject_faults"), ends)).get();
		if (error < 0) {
			throw new UnsupportedOperationException(
					"the kernel lets nobody decide about system calls: " + Errno.valueOf(-error));
		}
		Injector injector = new Injector(ends[0], ends[1]);
		injector.next();
		return injector;
	}

	private void say(String line) throws IOException {
		this.commands.write(line + "\n");
		this.commands.flush();
	}

	private String next() throws IOException {
		String line = this.answers.readLine();
		if (line == null) {
			throw new IllegalStateException("The injector has ended");
		}
		return line;
	}

	/**
	 * Begin to count, and let nothing fail.
	 */
	void begin() throws IOException {
		say("begin nobody none 0 0");
		next();
	}

	/**
	 * Begin to count, and let one call fail.
	 * @param who makes it
	 * @param call which one
	 * @param nth the how manieth of them, counted from 1
	 * @param errno how it fails
	 */
	void begin(String who, String call, long nth, Errno errno) throws IOException {
		say("begin %s %s %d %d".formatted(who, call, nth, errno.intValue()));
		next();
	}

	/**
	 * Count no more.
	 */
	Trace end() throws IOException {
		say("end");
		Map<Made, Long> counted = new TreeMap<>();
		while (true) {
			String[] words = next().split(" ");
			if (words[0].equals("injected")) {
				return new Trace(counted, Long.parseLong(words[1]) > 0);
			}
			counted.put(new Made(words[1], words[2]), Long.valueOf(words[3]));
		}
	}

	/**
	 * A call of somebody.
	 *
	 * @param who made it
	 * @param call its name
	 */
	record Made(String who, String call) implements Comparable<Made> {

		@Override
		public int compareTo(Made other) {
			int order = this.who.compareTo(other.who);
			return (order != 0) ? order : this.call.compareTo(other.call);
		}

	}

	/**
	 * What was counted.
	 *
	 * @param counted how often who made which call
	 * @param injected whether one failed as was asked for
	 */
	record Trace(Map<Made, Long> counted, boolean injected) {

	}

}
