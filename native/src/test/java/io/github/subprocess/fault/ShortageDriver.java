// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.github.subprocess.OutputTarget;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.SubprocessException;
import io.github.subprocess.TestJvm;
import jnr.ffi.LibraryLoader;
import jnr.ffi.annotations.In;

/**
 * Launches where descriptors, processes or memory run out: a JVM that lowers a limit of
 * its own, to what it has now and somewhat more, somewhat less each time. Says how many
 * launches went well, how many failed as they should, and what is wrong.
 */
public final class ShortageDriver {

	private static final int FEW = 20;

	private static final long KIB = 1024;

	private final ProcessLauncher launcher = ProcessLauncher.create();

	private final Limits limits = LibraryLoader.create(Limits.class).load("c");

	private long well;

	private long told;

	private long wrong;

	public static void main(String[] arguments) throws Exception {
		ShortageDriver driver = new ShortageDriver();
		for (int i = 0; i < FEW; i++) {
			driver.launchEachKind();
		}
		Leaks leaks = new Leaks();
		driver.well = 0;
		switch (arguments[0]) {
			case "descriptors" -> driver.withoutDescriptors();
			case "processes" -> driver.withoutProcesses();
			case "memory" -> driver.withoutMemory();
			default -> throw new IllegalArgumentException(arguments[0]);
		}
		for (int i = 0; i < FEW; i++) {
			driver.launchEachKind();
		}
		Set<String> more = leaks.more();
		more.removeIf((what) -> what.startsWith("thread subprocess-events") || what.startsWith("thread subprocess-st"));
		if (!more.isEmpty()) {
			System.out.println("It leaves " + more);
		}
		TestJvm.say("leaks", more.size());
		TestJvm.say("well", driver.well);
		TestJvm.say("told", driver.told);
		TestJvm.say("wrong", driver.wrong);
		TestJvm.say("live", driver.launcher.processes().live().size());
		driver.launcher.close();
	}

	private void withoutDescriptors() throws Exception {
		for (int more = 16; more >= 0; more--) {
			// the number is a bound for the numbers, and not all below are in use
			List<AutoCloseable> fillers = new ArrayList<>();
			long highest = highestDescriptor();
			long unused = highest + 1 - count("/proc/self/fd");
			for (long i = 0; i < unused; i++) {
				fillers.add(Files.newInputStream(Path.of("/dev/null")));
			}
			under(Resource.OPEN_FILES, highestDescriptor() + 1 + more, this::launchEachKind);
			for (AutoCloseable filler : fillers) {
				filler.close();
			}
		}
	}

	private void withoutProcesses() throws Exception {
		for (int more = 8; more >= 0; more--) {
			under(Resource.PROCESSES, count("/proc/self/task") + more, this::launchEachKind);
		}
	}

	private void withoutMemory() throws Exception {
		for (long more = 4096; more >= 0; more -= 512) {
			under(Resource.ADDRESS_SPACE, (addressSpaceKib() + more) * KIB, this::launchEachKind);
		}
	}

	private void under(Resource resource, long limit, Attempt attempt) throws Exception {
		long[] before = new long[2];
		this.limits.getrlimit(resource.number, before);
		this.limits.setrlimit(resource.number, new long[] { limit, before[1] });
		try {
			attempt.run();
		}
		finally {
			this.limits.setrlimit(resource.number, before);
		}
	}

	private void launchEachKind() throws Exception {
		attempt(() -> expect("text", this.launcher.command("/bin/cat").input("text").run()));
		attempt(() -> expect("text",
				this.launcher.command("/bin/cat")
					.input(new ByteArrayInputStream("text".getBytes(StandardCharsets.US_ASCII)))
					.output(OutputTarget.tee(OutputTarget.capture(), OutputTarget.lines((line) -> {
					})))
					.run()));
		attempt(() -> {
			CompletableFuture<ProcessResult> result = this.launcher.command("/bin/cat")
				.output(OutputTarget.capture())
				.input("text")
				.start()
				.result();
			expect("text", result.get(60, TimeUnit.SECONDS));
		});
		attempt(() -> expect("text\n",
				this.launcher.pipeline(this.launcher.command("/bin/echo", "text"), this.launcher.command("/bin/cat"))
					.run()
					.last()));
	}

	private void attempt(Attempt attempt) {
		try {
			attempt.run();
			this.well++;
		}
		catch (SubprocessException | OutOfMemoryError ex) {
			String text = String.valueOf(ex);
			if (text.matches("(?s).*(EMFILE|EAGAIN|ENOMEM|Too many open files|OutOfMemoryError).*")) {
				this.told++;
			}
			else {
				complain(ex);
			}
		}
		catch (Throwable ex) {
			complain(ex);
		}
	}

	private void complain(Throwable failure) {
		this.wrong++;
		System.out.println("Wrong: " + failure);
		StackTraceElement[] trace = failure.getStackTrace();
		Stream.of(trace).limit(6).forEach((element) -> System.out.println("  " + element));
	}

	private static void expect(String text, ProcessResult result) {
		if (!result.outputText().equals(text) || !result.output().complete()) {
			throw new IllegalStateException("success is told, but the output is '" + result.outputText() + "'");
		}
	}

	private static long count(String directory) throws IOException {
		try (Stream<Path> entries = Files.list(Path.of(directory))) {
			// the one of the listing itself is gone afterwards
			return entries.filter(Files::exists).count();
		}
	}

	private static long highestDescriptor() throws IOException {
		try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
			return entries.filter(Files::exists)
				.mapToLong((entry) -> Long.parseLong(entry.getFileName().toString()))
				.max()
				.orElseThrow();
		}
	}

	private static long addressSpaceKib() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmSize:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
			.sum();
	}

	private enum Resource {

		PROCESSES(6), OPEN_FILES(7), ADDRESS_SPACE(9);

		private final int number;

		Resource(int number) {
			this.number = number;
		}

	}

	/**
	 * Limits of this JVM.
	 */
	public interface Limits {

		int getrlimit(int resource, long[] limit);

		int setrlimit(int resource, @In long[] limit);

	}

	@FunctionalInterface
	private interface Attempt {

		void run() throws Exception;

	}

}
