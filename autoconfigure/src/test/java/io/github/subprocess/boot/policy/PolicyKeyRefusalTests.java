// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.policy;

import java.util.Arrays;
import java.util.stream.Stream;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.autoconfigure.SubprocessAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A value that cannot be is refused at startup with its key, for each key.
 */
class PolicyKeyRefusalTests {

	private static final String PREFIX = "subprocess.policy.p.";

	private static final String ROWS = """
			base                     | q     | There is no policy of that name
			base                     | p     | in a circle: p -> p
			best-effort              | luck  | luck
			cgroup.cpu-max           | 0     | Must be between 0.01 and 8192 processors
			cgroup.cpu-weight        | 0     | Must be between 1 and 10000
			cgroup.files.[cgroup.kill] | 1   | Must hold names of files of controllers
			cgroup.io-weight         | 10001 | Must be between 1 and 10000
			cgroup.join              | here  | Must be an absolute path
			cgroup.memory-high       | 1B    | Must be 4096 bytes at least
			cgroup.memory-max        | 1KB   | Must be 4096 bytes at least
			cgroup.parent            |       | Must not be empty
			cgroup.pids-max          | 0     | Must be between 1 and
			cgroup.swap-max          | -1B   | Must be 0 bytes at least
			command                  |       | Must name a program
			concurrency.limit        | -1    | between 0 and
			concurrency.max-wait     | -1s   | Must not be negative
			concurrency.queue        | many  | many
			credentials.group        | 9999999999 | Must be between 0 and
			credentials.groups       |       | Must name a group at least
			credentials.user         |       | Must not be empty
			death-signal             | loud  | loud
			deadlines.cpu            | -1s   | Must not be negative
			deadlines.drain          | -1s   | Must not be negative
			deadlines.idle           | -1s   | Must not be negative
			deadlines.start          | soon  | soon
			deadlines.wall           | -1s   | Must not be negative
			descriptors.keep         | 2     | numbers of 3 and higher
			descriptors.map.2        | 5     | keys of 3 and higher
			descriptors.map.7        | -1    | negative numbers
			descriptors.mode         | some  | some
			environment.inherit      | A=B   | have no '='
			environment.set.A        | NUL   | must not hold a NUL character
			environment.unset        | A=B   | have no '='
			guard.allowed-programs   | here  | Must hold absolute paths
			guard.check-program      | maybe | maybe
			guard.max-arguments      | -1    | between 0 and
			guard.max-argument-size  | 0B    | between 1 and
			guard.pin-program        | maybe | maybe
			guard.working-directory-root | here | Must be an absolute path
			ignored-signals          | some  | some
			limits.address-space     | much  | Must be a data size as '64MB', or 'unlimited', not 'much'
			limits.affinity          | 9999  | Must be between 0 and
			limits.core-size         | -1    | Must be a data size
			limits.cpu-time          | 100ms | Must be whole seconds as '30s', or 'unlimited', not '100ms'
			limits.data              | much  | Must be a data size
			limits.file-locks        | 1KB   | Must be a number, or 'unlimited', not '1KB'
			limits.file-size         | much  | Must be a data size
			limits.locked-memory     | much  | Must be a data size
			limits.message-queues    | much  | Must be a data size
			limits.nice              | 20    | Must be between -20 and 19
			limits.nice-ceiling      | much  | Must be a number
			limits.oom-score         | 2000  | Must be between -1000 and 1000
			limits.open-files        | 8:4   | must not be above hard: 8 > 4
			limits.pending-signals   | much  | Must be a number
			limits.processes         | much  | Must be a number
			limits.realtime-priority | much  | Must be a number
			limits.realtime-time     | much  | Must be whole microseconds
			limits.resident-set      | much  | Must be a data size
			limits.stack             | unlimited:8MB | must not be above hard: unlimited > 8388608
			mechanism                | stork | stork
			no-new-privileges        | maybe | maybe
			observability.log-level  | loud  | loud
			observability.show-arguments | maybe | maybe
			observability.trace-context | maybe | maybe
			output.max-size          | 2GB   | between 0 and
			output.pipe-size         | 1B    | between 4096 and
			output.stderr.append     | maybe | maybe
			output.stderr.file       | here  | Must be an absolute path: here
			output.stderr.log-level  | off   | Must not be OFF: send the stream to DISCARD
			output.stderr.to         | world | world
			output.stdout.append     | maybe | maybe
			output.stdout.file       | here  | Must be an absolute path: here
			output.stdout.log-level  | loud  | loud
			output.stdout.to         | merge | Must not be MERGE
			sandbox.bind-ports       | 70000 | between 0 and
			sandbox.connect-ports    | -1    | between 0 and
			sandbox.denied-system-calls | some | some
			sandbox.execute-paths    | bin   | Must hold absolute paths
			sandbox.isolate-abstract-sockets | maybe | maybe
			sandbox.isolate-signals  | maybe | maybe
			sandbox.network          | some  | some
			sandbox.read-paths       | here  | Must hold absolute paths
			sandbox.strict           | maybe | maybe
			sandbox.system-paths     | maybe | maybe
			sandbox.write-paths      | there | Must hold absolute paths
			session                  | own   | own
			success-exit-codes       | 256   | between 0 and 255
			terminal.columns         | 0     | between 1 and 65535
			terminal.enabled         | maybe | maybe
			terminal.mode            | loud  | loud
			terminal.rows            | 65536 | between 1 and 65535
			termination.grace-period | 30s   | Must be shorter
			termination.on-interrupt | sleep | sleep
			termination.scope        | world | world
			termination.signal       | loud  | loud
			umask                    | 23    | Must be four octal digits in quotes, as '0027': 23
			working-directory        |       | working-directory
			""";

	static Stream<String[]> rows() {
		return ROWS.lines().map((line) -> Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new));
	}

	@ParameterizedTest
	@MethodSource("rows")
	void isRefusedWithItsKey(String key, String value, String reason) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues(PREFIX + key + "=" + value.replace("NUL", "a\0b"))
			.run((context) -> {
				assertThat(context).hasFailed();
				String messages = messages(context.getStartupFailure());
				assertThat(messages).contains(PREFIX + withoutEntry(key)).contains(reason);
			});
	}

	@Test
	void everyKeyIsTried() {
		assertThat(rows().map((row) -> withoutEntry(row[0])).distinct())
			.containsExactlyInAnyOrderElementsOf(PolicyKeys.all());
	}

	@Test
	void detailsOfAStreamMustBeForWhereItGoes() {
		refused("output.stdout.file", "Must not be set for a stream that goes to CAPTURE: it is for one to FILE.",
				"output.stdout.to=capture", "output.stdout.file=/tmp/log");
		refused("output.stderr.append", "Must not be set for a stream that goes to MERGE: it is for one to FILE.",
				"output.stderr.to=merge", "output.stderr.append=true");
		refused("output.stderr.log-level", "Must not be set for a stream that goes to FILE: it is for one to LOG.",
				"output.stderr.file=/tmp/log", "output.stderr.log-level=warn");
		refused("output.stdout'", "Goes to a file that is not named: set 'output.stdout.file' too.",
				"output.stdout.to=file");
		refused("output.stdout.file", "Is in a directory that does not exist: /no/such/directory/log.",
				"output.stdout.file=/no/such/directory/log");
	}

	private static void refused(String key, String reason, String... properties) {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues(Arrays.stream(properties).map(PREFIX::concat).toArray(String[]::new))
			.run((context) -> {
				assertThat(context).hasFailed();
				assertThat(messages(context.getStartupFailure())).contains(PREFIX + key).contains(reason);
			});
	}

	@Test
	void cgroupThatIsJoinedAndMadeIsRefused() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues(PREFIX + "cgroup.join=/a", PREFIX + "cgroup.parent=/b")
			.run((context) -> assertThat(messages(context.getStartupFailure())).contains(PREFIX + "cgroup.parent")
				.contains("Must not be set together with cgroup.join"));
	}

	@Test
	void limitOfACgroupWithoutAParentIsRefused() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues(PREFIX + "cgroup.memory-max=64MB")
			.run((context) -> assertThat(messages(context.getStartupFailure())).contains(PREFIX + "cgroup.memory-max")
				.contains("ust not be set without a cgroup.parent"));
	}

	@Test
	void circleOfBasesIsShown() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues("subprocess.policy.a.base=b", "subprocess.policy.b.base=c",
					"subprocess.policy.c.base=a")
			.run((context) -> assertThat(messages(context.getStartupFailure())).contains("a -> b -> c -> a"));
	}

	@Test
	void basesAreMergedFromTheTop() {
		new ApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(LifecycleAutoConfiguration.class, SubprocessAutoConfiguration.class))
			.withPropertyValues("subprocess.policy.a.base=b", "subprocess.policy.b.base=c",
					"subprocess.policy.a.environment.set.X=a", "subprocess.policy.b.environment.set.X=b",
					"subprocess.policy.b.environment.set.Y=b", "subprocess.policy.c.environment.set.Y=c",
					"subprocess.policy.c.command=sh,-c,echo $X$Y")
			.run((context) -> assertThat(context.getBean(ProcessLauncher.class).policy("a").run().outputText())
				.isEqualTo("ab\n"));
	}

	private static String withoutEntry(String key) {
		return key.replace("set.A", "set").replace("files.[cgroup.kill]", "files").replaceFirst("map\\.\\d", "map");
	}

	private static String messages(Throwable failure) {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			messages.append(cause).append('\n');
		}
		return messages.toString();
	}

}
