// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import io.github.subprocess.spi.UserDatabase.User;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Pointer;
import jnr.ffi.Runtime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The machine's users and groups are told as the tools of the machine tell them.
 */
class LibcUserDatabaseTests {

	private static final LibcFunctions libc = LibraryLoader.create(LibcFunctions.class).load("c");

	private static final Runtime runtime = Runtime.getRuntime(libc);

	private final UserDatabase users = new LibcUserDatabase(libc, runtime);

	@Test
	void rootIsFound() throws SystemCallFailure {
		assertThat(this.users.user("root")).isEqualTo(new User("root", 0, 0));
		assertThat(this.users.user(0)).isEqualTo(new User("root", 0, 0));
		assertThat(this.users.group("root")).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "root", "daemon", "nobody" })
	void answersAreThoseOfTheTools(String name) throws Exception {
		User user = this.users.user(name);
		assertThat(user).isNotNull();
		assertThat(user.name()).isEqualTo(name);
		assertThat(String.valueOf(user.id())).isEqualTo(output("id", "-u", name));
		assertThat(String.valueOf(user.group())).isEqualTo(output("id", "-g", name));
		assertThat(this.users.groups(name, user.group()).stream().map(String::valueOf))
			.containsExactlyInAnyOrder(output("id", "-G", name).split(" "));
		assertThat(this.users.user(user.id())).isEqualTo(user);
	}

	@Test
	void everyGroupOfTheMachineIsFound() throws Exception {
		for (String line : output("getent", "group").split("\n")) {
			String[] fields = line.split(":");
			assertThat(this.users.group(fields[0])).as(line).isEqualTo(Long.valueOf(fields[2]));
		}
	}

	@Test
	void everyUserOfTheMachineIsFound() throws Exception {
		for (String line : output("getent", "passwd").split("\n")) {
			String[] fields = line.split(":");
			assertThat(this.users.user(fields[0])).as(line)
				.isEqualTo(new User(fields[0], Long.parseLong(fields[2]), Long.parseLong(fields[3])));
		}
	}

	@Test
	void unknownOnesAreNull() throws SystemCallFailure {
		assertThat(this.users.user("no-such-user")).isNull();
		assertThat(this.users.user("")).isNull();
		assertThat(this.users.user("jürgen-\uD83D\uDE00")).isNull();
		assertThat(this.users.group("no-such-group")).isNull();
		assertThat(this.users.user(3_999_999_999L)).isNull();
	}

	@Test
	void numbersThatNoUserCanHaveAreNotCutToThoseOfAnother() throws SystemCallFailure {
		assertThat(this.users.user(-1)).isNull();
		assertThat(this.users.user(1L << 32)).isNull();
		assertThat(this.users.user(0xffff_ffffL)).isNull();
	}

	@Test
	void groupsHoldTheGivenOneInAnyCase() throws SystemCallFailure {
		assertThat(this.users.groups("no-such-user", 4_000_000_000L)).containsExactly(4_000_000_000L);
		assertThatIllegalArgumentException().isThrownBy(() -> this.users.groups("root", 1L << 32));
		assertThatIllegalArgumentException().isThrownBy(() -> this.users.groups("root", -1));
	}

	@Test
	void nullCharacterIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.users.user("root\0x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.users.group("root\0x"));
		assertThatIllegalArgumentException().isThrownBy(() -> this.users.groups("root\0x", 0));
	}

	@Test
	void manyThreadsAtOnceGetTheirOwnAnswers() throws Exception {
		List<String> names = List.of("root", "daemon", "nobody", "no-such-user");
		List<User> expected = new ArrayList<>();
		for (String name : names) {
			expected.add(this.users.user(name));
		}
		ExecutorService executor = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Void>> tasks = Stream.generate(() -> (Callable<Void>) () -> {
				for (int i = 0; i < 400; i++) {
					assertThat(this.users.user(names.get(i % 4))).isEqualTo(expected.get(i % 4));
					assertThat(this.users.groups("root", 0)).contains(0L);
				}
				return null;
			}).limit(8).toList();
			for (Future<Void> future : executor.invokeAll(tasks)) {
				future.get();
			}
		}
		finally {
			executor.shutdown();
		}
	}

	@Test
	void bufferGrowsAndInterruptedCallsAreRepeated() throws SystemCallFailure {
		List<Long> sizes = new ArrayList<>();
		AtomicInteger interrupted = new AtomicInteger();
		UserDatabase stubborn = new LibcUserDatabase(libcWith("getpwnam_r", (arguments) -> {
			long size = (long) arguments[3];
			if (interrupted.getAndIncrement() == 0) {
				return Errno.EINTR.intValue();
			}
			sizes.add(size);
			return (size < 16384) ? Errno.ERANGE.intValue() : null;
		}), runtime);
		assertThat(stubborn.user("root")).isEqualTo(new User("root", 0, 0));
		assertThat(sizes).containsExactly(1024L, 2048L, 4096L, 8192L, 16384L);
	}

	@Test
	void bufferDoesNotGrowWithoutBound() {
		List<Long> sizes = new ArrayList<>();
		UserDatabase endless = new LibcUserDatabase(libcWith("getgrnam_r", (arguments) -> {
			sizes.add((long) arguments[3]);
			return Errno.ERANGE.intValue();
		}), runtime);
		assertThatExceptionOfType(SystemCallFailure.class).isThrownBy(() -> endless.group("root"))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("ERANGE"))
			.satisfies((ex) -> assertThat(ex.call()).isEqualTo("getgrnam_r"));
		assertThat(sizes).endsWith(1024L * 1024);
	}

	@ParameterizedTest
	@EnumSource(value = Errno.class, names = { "ENOENT", "ESRCH", "EBADF", "EPERM" })
	void errorsThatMeanNobody(Errno error) throws SystemCallFailure {
		UserDatabase nobody = new LibcUserDatabase(libcWith("getpwuid_r", (arguments) -> error.intValue()), runtime);
		assertThat(nobody.user(0)).isNull();
	}

	@ParameterizedTest
	@EnumSource(value = Errno.class, names = { "EIO", "EMFILE", "ENOMEM" })
	void otherErrorsAreFailures(Errno error) {
		UserDatabase broken = new LibcUserDatabase(libcWith("getpwuid_r", (arguments) -> error.intValue()), runtime);
		assertThatExceptionOfType(SystemCallFailure.class).isThrownBy(() -> broken.user(0))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo(error.name()));
	}

	@Test
	void listOfGroupsGrows() throws SystemCallFailure {
		UserDatabase large = new LibcUserDatabase(groupsOf(1000), runtime);
		assertThat(large.groups("root", 0)).hasSize(1000).contains(0L, 999L);
		UserDatabase largest = new LibcUserDatabase(groupsOf(65536), runtime);
		assertThat(largest.groups("root", 0)).hasSize(65536);
	}

	@Test
	void listOfGroupsDoesNotGrowWithoutBound() {
		UserDatabase larger = new LibcUserDatabase(groupsOf(65537), runtime);
		assertThatExceptionOfType(SystemCallFailure.class).isThrownBy(() -> larger.groups("root", 0))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("ERANGE"));
	}

	@Test
	void listOfGroupsThatCannotBeHad() {
		UserDatabase broken = new LibcUserDatabase(libcWith("getgrouplist", (arguments) -> {
			runtime.setLastError(Errno.EIO.intValue());
			return -1;
		}), runtime);
		assertThatExceptionOfType(SystemCallFailure.class).isThrownBy(() -> broken.groups("root", 0))
			.satisfies((ex) -> assertThat(ex.errnoName()).isEqualTo("EIO"));
	}

	private static LibcFunctions groupsOf(int count) {
		return libcWith("getgrouplist", (arguments) -> {
			Pointer groups = Pointer.wrap(runtime, (long) arguments[2]);
			Pointer number = Pointer.wrap(runtime, (long) arguments[3]);
			int room = number.getInt(0);
			for (int i = 0; i < Math.min(room, count); i++) {
				groups.putInt(4L * i, i);
			}
			number.putInt(0, count);
			return (room < count) ? -1 : count;
		});
	}

	private static LibcFunctions libcWith(String function, Substitute.Answer answer) {
		return Substitute.function(LibcFunctions.class, libc, function, answer);
	}

	private static String output(String... command) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command).start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		assertThat(process.waitFor()).isZero();
		return text;
	}

}
