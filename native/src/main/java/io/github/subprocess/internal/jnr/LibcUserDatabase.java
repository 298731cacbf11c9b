// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import com.kenai.jffi.MemoryIO;
import io.github.subprocess.spi.SystemCallFailure;
import io.github.subprocess.spi.UserDatabase;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * {@link UserDatabase} over the functions of libc that many threads may call at once. On
 * 64-bit machines glibc and musl lay {@code struct passwd} and {@code struct group} out
 * alike.
 */
final class LibcUserDatabase implements UserDatabase {

	private static final int ENTRY_SIZE = 64;

	private static final int PASSWD_NAME = 0;

	private static final int PASSWD_UID = 16;

	private static final int PASSWD_GID = 20;

	private static final int GROUP_GID = 16;

	private static final int FIRST_BUFFER_SIZE = 1024;

	private static final int LARGEST_BUFFER_SIZE = 1024 * 1024;

	private static final int FIRST_ROOM = 64;

	/**
	 * Linux gives no process more groups ({@code NGROUPS_MAX}).
	 */
	private static final int LARGEST_ROOM = 65536;

	private static final long LARGEST_ID = 0xffff_ffffL;

	private static final int EINTR = Errno.EINTR.intValue();

	private static final int ERANGE = Errno.ERANGE.intValue();

	/**
	 * What libcs and their modules say when there is no such entry (getpwnam(3)).
	 */
	private static final Set<Integer> NOT_FOUND = Set.of(0, Errno.ENOENT.intValue(), Errno.ESRCH.intValue(),
			Errno.EBADF.intValue(), Errno.EPERM.intValue());

	private static final MemoryIO MEMORY = MemoryIO.getInstance();

	private final LibcFunctions libc;

	private final Runtime runtime;

	LibcUserDatabase(LibcFunctions libc, Runtime runtime) {
		this.libc = libc;
		this.runtime = runtime;
	}

	@Override
	public @Nullable User user(String name) throws SystemCallFailure {
		byte[] bytes = bytes(name);
		return find("getpwnam_r",
				(entry, buffer, size, result) -> this.libc.getpwnam_r(bytes, entry, buffer, size, result),
				LibcUserDatabase::read);
	}

	@Override
	public @Nullable User user(long id) throws SystemCallFailure {
		if (id < 0 || id > LARGEST_ID) {
			return null;
		}
		return find("getpwuid_r",
				(entry, buffer, size, result) -> this.libc.getpwuid_r((int) id, entry, buffer, size, result),
				LibcUserDatabase::read);
	}

	@Override
	public @Nullable Long group(String name) throws SystemCallFailure {
		byte[] bytes = bytes(name);
		return find("getgrnam_r",
				(entry, buffer, size, result) -> this.libc.getgrnam_r(bytes, entry, buffer, size, result),
				(entry) -> unsigned(entry + GROUP_GID));
	}

	private static byte[] bytes(String name) {
		if (name.indexOf('\0') >= 0) {
			throw new IllegalArgumentException("A name must not hold a NUL character");
		}
		return NativeText.terminated(name);
	}

	private static User read(long entry) {
		byte[] name = MEMORY.getZeroTerminatedByteArray(MEMORY.getAddress(entry + PASSWD_NAME));
		return new User(new String(name, StandardCharsets.UTF_8), unsigned(entry + PASSWD_UID),
				unsigned(entry + PASSWD_GID));
	}

	private static long unsigned(long address) {
		return Integer.toUnsignedLong(MEMORY.getInt(address));
	}

	private <T> @Nullable T find(String call, Question question, Answer<T> answer) throws SystemCallFailure {
		int size = FIRST_BUFFER_SIZE;
		while (true) {
			// the address of the entry comes first, then the entry, then what it points
			// to
			try (NativeBlock block = new NativeBlock(Long.BYTES + ENTRY_SIZE + size)) {
				long entry = block.address() + Long.BYTES;
				int error = question.ask(entry, entry + ENTRY_SIZE, size, block.address());
				if (error == 0 && block.getLong(0) != 0) {
					return answer.read(entry);
				}
				if (error == ERANGE && size < LARGEST_BUFFER_SIZE) {
					size *= 2;
				}
				else if (NOT_FOUND.contains(error)) {
					return null;
				}
				else if (error != EINTR) {
					throw Errors.systemCall(call, error);
				}
			}
		}
	}

	@Override
	public List<Long> groups(String user, long group) throws SystemCallFailure {
		byte[] name = bytes(user);
		if (group < 0 || group > LARGEST_ID) {
			throw new IllegalArgumentException("group must be 0 to " + LARGEST_ID + ": " + group);
		}
		int room = FIRST_ROOM;
		while (true) {
			try (NativeBlock block = new NativeBlock((long) Integer.BYTES * (1 + room))) {
				block.putInt(0, room);
				long groups = block.address() + Integer.BYTES;
				boolean isAnswered = this.libc.getgrouplist(name, (int) group, groups, block.address()) >= 0;
				int errno = this.runtime.getLastError();
				int count = block.getInt(0);
				if (isAnswered) {
					return groups(groups, count);
				}
				if (count <= room) {
					throw Errors.systemCall("getgrouplist", errno);
				}
				if (count > LARGEST_ROOM) {
					throw Errors.systemCall("getgrouplist", ERANGE);
				}
				room = count;
			}
		}
	}

	/**
	 * Return the numbers, each once: musl repeats the group that is there in any case.
	 */
	private static List<Long> groups(long address, int count) {
		Set<Long> groups = new LinkedHashSet<>();
		for (int i = 0; i < count; i++) {
			groups.add(unsigned(address + (long) Integer.BYTES * i));
		}
		return List.copyOf(groups);
	}

	/**
	 * A function that looks one entry up.
	 */
	@FunctionalInterface
	private interface Question {

		int ask(long entry, long buffer, long size, long result);

	}

	/**
	 * Reads what was looked for from an entry.
	 *
	 * @param <T> what was looked for
	 */
	@FunctionalInterface
	private interface Answer<T> {

		T read(long entry);

	}

}
