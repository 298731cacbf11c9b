// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessStartException;
import io.github.subprocess.fault.Injector.Made;
import io.github.subprocess.fault.Injector.Trace;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Plays one scenario again and again, while each call that it makes fails in turn. A
 * program of its own: what a fault leaves behind is seen best where nothing else is.
 * Says, in columns: the calls that were traced, what became of each case, and what is
 * wrong.
 */
public final class FaultDriver {

	private static final int TRACED_PLAYS = 3;

	private static final int MOST_OF_A_BIRTH = 4;

	private static final long LONGEST_PLAY_SECONDS = 60;

	private final Scenario scenario;

	private final int mostOfACall;

	private final Path folder;

	private final Injector injector;

	private final ExecutorService stage;

	private final Set<String> logged = Collections.synchronizedSet(new TreeSet<>());

	private final Handler handler = new Handler() {

		@Override
		public void publish(LogRecord logRecord) {
			if (logRecord.getLevel().intValue() >= Level.WARNING.intValue()) {
				FaultDriver.this.logged.add(withCauses(logRecord.getMessage(), logRecord.getThrown()));
			}
		}

		@Override
		public void flush() {
			// nothing waits
		}

		@Override
		public void close() {
			// nothing is held
		}

	};

	private FaultDriver(Scenario scenario, int mostOfACall, Path folder, Injector injector, ExecutorService stage) {
		this.scenario = scenario;
		this.mostOfACall = mostOfACall;
		this.folder = folder;
		this.injector = injector;
		this.stage = stage;
	}

	public static void main(String[] arguments) throws Exception {
		Scenario scenario = Scenario.valueOf(arguments[0]);
		ExecutorService stage = Executors.newSingleThreadExecutor((task) -> {
			Thread thread = new Thread(task, "stage");
			thread.setDaemon(true);
			return thread;
		});
		Path folder = Files.createDirectory(Path.of(arguments[2], "work"));
		Injector injector;
		try {
			injector = Injector.start(stage);
		}
		catch (UnsupportedOperationException ex) {
			say("SKIPPED", ex.getMessage());
			return;
		}
		new FaultDriver(scenario, Integer.parseInt(arguments[1]), folder, injector, stage).run();
		say("DONE");
		System.exit(0);
	}

	private void run() throws Exception {
		Logger root = Logger.getLogger("");
		for (Handler other : root.getHandlers()) {
			if (other instanceof ConsoleHandler) {
				root.removeHandler(other);
			}
		}
		root.addHandler(this.handler);
		Map<Made, Long> traced = trace();
		traced.forEach((made, times) -> say("TRACED", made.who(), made.call(), String.valueOf(times)));
		for (Map.Entry<Made, Long> entry : traced.entrySet()) {
			List<Errno> errors = LikelyErrors.of(entry.getKey().call());
			if (errors == null) {
				say("WRONG", entry.getKey().who(), entry.getKey().call(),
						"nobody has thought of how this call may fail: see LikelyErrors");
				continue;
			}
			for (Errno error : errors) {
				String reason = this.scenario.reasonNotToFail(entry.getKey().call(), error);
				if (reason != null) {
					say("CASE", entry.getKey().who(), entry.getKey().call(), error.name(), "0",
							"not made to fail: " + reason, "0");
					continue;
				}
				for (long nth = 1; nth <= Math.min(entry.getValue(), mostOf(entry.getKey())); nth++) {
					fail(entry.getKey(), nth, error);
				}
			}
		}
	}

	/**
	 * Those of a birth come after others that are called alike, for threads and streams.
	 */
	private int mostOf(Made made) {
		return Set.of("clone3", "pipe2", "fcntl").contains(made.call()) ? Math.max(MOST_OF_A_BIRTH, this.mostOfACall)
				: this.mostOfACall;
	}

	/**
	 * Play without faults: first so that all classes are loaded, then to see what is
	 * called.
	 */
	private Map<Made, Long> trace() throws Exception {
		this.stage.submit(() -> {
			try (ProcessLauncher launcher = this.scenario.launcher().build()) {
				launcher.command("/no/such/program").run();
			}
			catch (ProcessStartException ex) {
				describe(ex);
			}
		}).get(LONGEST_PLAY_SECONDS, TimeUnit.SECONDS);
		Map<Made, Long> most = new TreeMap<>();
		for (int i = 0; i < 2 * TRACED_PLAYS; i++) {
			Leaks leaks = new Leaks();
			this.injector.begin();
			String outcome = play();
			Trace trace = this.injector.end();
			if (!outcome.equals(Outcome.AS_USUAL)) {
				throw new IllegalStateException("Without a fault: " + outcome);
			}
			if (i >= TRACED_PLAYS) {
				trace.counted().forEach((made, times) -> most.merge(made, times, Math::max));
			}
			Set<String> more = leaks.more();
			if (i >= TRACED_PLAYS && !more.isEmpty()) {
				say("WRONG", "without a fault", "", "it leaves " + more);
			}
		}
		most.keySet().removeIf((made) -> Set.of("nobody", "program", "jvm").contains(made.who()));
		return most;
	}

	private void fail(Made made, long nth, Errno error) throws Exception {
		Leaks leaks = new Leaks();
		this.injector.begin(made.who(), made.call(), nth, error);
		long begun = System.nanoTime();
		String outcome = play();
		Trace trace = this.injector.end();
		if (!trace.injected()) {
			return;
		}
		long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
		say("CASE", made.who(), made.call(), error.name(), String.valueOf(nth), outcome, String.valueOf(millis));
		String wrong = Outcome.wrong(outcome, error);
		if (wrong != null) {
			say("WRONG", made.who(), made.call() + " " + error.name() + " " + nth, wrong + ": " + outcome);
		}
		Set<String> more = leaks.more();
		if (!more.isEmpty()) {
			say("WRONG", made.who(), made.call() + " " + error.name() + " " + nth, "it leaves " + more);
		}
	}

	private String play() throws Exception {
		this.logged.clear();
		clear();
		try {
			this.scenario.prepare(this.folder);
			String outcome = this.stage.submit(this::playOnStage).get(LONGEST_PLAY_SECONDS, TimeUnit.SECONDS);
			if (outcome.equals(Outcome.AS_USUAL)) {
				outcome = look();
			}
			clear();
			String logs = this.logged.stream().map(Outcome::shorten).distinct().collect(Collectors.joining("; "));
			return logs.isEmpty() ? outcome : outcome + "; logged: " + logs;
		}
		catch (TimeoutException ex) {
			StringBuilder dump = new StringBuilder();
			Thread.getAllStackTraces().forEach((thread, trace) -> {
				dump.append(thread.getName());
				Stream.of(trace).limit(12).forEach((element) -> dump.append(" | ").append(element));
				dump.append("\n");
			});
			System.err.println(dump);
			say("WRONG", "", "", "it hangs");
			Runtime.getRuntime().halt(3);
			throw ex;
		}
	}

	private String look() {
		try {
			this.scenario.look(this.folder);
			return Outcome.AS_USUAL;
		}
		catch (IOException | RuntimeException ex) {
			return "PromiseBroken: " + ex.getMessage();
		}
	}

	private String playOnStage() {
		try (ProcessLauncher launcher = this.scenario.launcher().build()) {
			this.scenario.play(launcher, this.folder);
			return Outcome.AS_USUAL;
		}
		catch (Throwable ex) {
			return describe(ex);
		}
	}

	private static String describe(Throwable failure) {
		if (failure instanceof ProcessStartException ex) {
			return "not started: " + Outcome
				.shorten(ex.step() + ", " + ex.errnoName() + ((ex.subject() != null) ? ", " + ex.subject() : ""));
		}
		return Outcome
			.shorten(withCauses(failure.getClass().getSimpleName() + ": " + failure.getMessage(), failure.getCause()));
	}

	private static String withCauses(@Nullable String message, @Nullable Throwable cause) {
		StringBuilder text = new StringBuilder(String.valueOf(message));
		for (Throwable next = cause; next != null; next = next.getCause()) {
			if (text.indexOf(String.valueOf(next.getMessage())) < 0) {
				text.append(": ").append(next.getMessage());
			}
		}
		return text.toString();
	}

	private void clear() throws IOException {
		try (Stream<Path> files = Files.list(this.folder)) {
			for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
				Files.delete(file);
			}
		}
	}

	private static void say(String... columns) {
		List<String> flat = new ArrayList<>();
		for (String column : columns) {
			flat.add(column.replace('\t', ' ').replace('\n', ' '));
		}
		System.out.println(String.join("\t", flat));
	}

}
