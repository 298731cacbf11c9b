// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import jnr.ffi.annotations.IgnoreError;
import jnr.ffi.annotations.In;
import jnr.ffi.annotations.Variadic;

/**
 * The few functions of libc that streams and the reactor need, those of the user
 * database, and those about children where there is no native core. Addresses are
 * numbers; failures are -1, with errno kept by JNR, but for the functions whose name ends
 * with {@code _r}: they return the error.
 */
public interface LibcFunctions {

	int pipe2(long descriptors, int flags);

	int open(@In byte[] path, int flags, int mode);

	int mkdir(@In byte[] path, int mode);

	int rmdir(@In byte[] path);

	int fcntl(int descriptor, int command, long argument);

	long read(int descriptor, long buffer, long count);

	long write(int descriptor, long buffer, long count);

	int close(int descriptor);

	int getrusage(int who, long usage);

	int eventfd(int initial, int flags);

	int epoll_create1(int flags);

	int epoll_ctl(int poll, int operation, int descriptor, long event);

	int epoll_wait(int poll, long events, int count, int timeoutMillis);

	@IgnoreError
	int getpwnam_r(@In byte[] name, long entry, long buffer, long size, long result);

	@IgnoreError
	int getpwuid_r(int id, long entry, long buffer, long size, long result);

	@IgnoreError
	int getgrnam_r(@In byte[] name, long entry, long buffer, long size, long result);

	int getgrouplist(@In byte[] user, int group, long groups, long count);

	int getpgid(int pid);

	int kill(int pid, int signal);

	@IgnoreError
	int usleep(int microseconds);

	@Variadic(fixedCount = 2)
	int ioctl(int descriptor, long request, long argument);

	@Variadic(fixedCount = 1)
	int prctl(int option, long second, long third, long fourth, long fifth);

	@Variadic(fixedCount = 1)
	long syscall(long number, long first, long second, long third, long fourth, long fifth);

}
