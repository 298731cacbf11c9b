// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.Fixture;

/**
 * What a JVM holds: descriptors, threads, children and what descends from them, files.
 */
final class Leaks {

	/**
	 * What descends from this JVM is recognised by this variable.
	 */
	static final String MARK = "SUBPROCESS_FAULT";

	/**
	 * How long what is on its way out may take: threads end after they were waited for.
	 */
	private static final long PATIENCE_NANOS = 10_000_000_000L;

	private final Set<String> before;

	Leaks() {
		this.before = look();
	}

	/**
	 * Return what there is now and was not before, once that does not change any more.
	 */
	Set<String> more() {
		long begun = System.nanoTime();
		Set<String> more = compare();
		while (!more.isEmpty() && System.nanoTime() - begun < PATIENCE_NANOS) {
			LockSupport.parkNanos(2_000_000);
			more = compare();
		}
		return more;
	}

	private Set<String> compare() {
		Set<String> now = look();
		Set<String> more = new TreeSet<>(now);
		more.removeAll(this.before);
		this.before.stream()
			.filter((what) -> !now.contains(what))
			.filter((what) -> what.startsWith("descriptor "))
			.forEach((what) -> more.add("missing " + what));
		return more;
	}

	private static Set<String> look() {
		Set<String> all = new TreeSet<>();
		Fixture.openDescriptors().forEach((descriptor) -> all.add("descriptor " + descriptor));
		Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("subprocess-"))
			.forEach((thread) -> all.add("thread " + thread.getName() + " " + thread.getId()));
		all.addAll(processes());
		all.addAll(files());
		return all;
	}

	private static Set<String> processes() {
		try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
			return entries.filter((entry) -> entry.getFileName().toString().matches("\\d+"))
				.filter(Leaks::isOurs)
				.map((entry) -> "process " + entry.getFileName())
				.collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean isOurs(Path entry) {
		String own = String.valueOf(ProcessHandle.current().pid());
		try {
			String stat = Files.readString(entry.resolve("stat"));
			if (stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1].equals(own)) {
				return true;
			}
			return Files.readString(entry.resolve("environ"), StandardCharsets.ISO_8859_1)
				.contains(MARK + "=" + own + "\0");
		}
		catch (IOException ex) {
			// it has ended
			return false;
		}
	}

	private static Set<String> files() {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.map((file) -> "file " + file).collect(Collectors.toSet());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
