// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import jnr.ffi.annotations.In;

/**
 * The few functions of libc that streams and the reactor need. Addresses are numbers;
 * failures are -1, with errno kept by JNR.
 */
public interface LibcFunctions {

	int pipe2(long descriptors, int flags);

	int open(@In byte[] path, int flags, int mode);

	int fcntl(int descriptor, int command, long argument);

	long read(int descriptor, long buffer, long count);

	long write(int descriptor, long buffer, long count);

	int close(int descriptor);

	int getrusage(int who, long usage);

	int eventfd(int initial, int flags);

	int epoll_create1(int flags);

	int epoll_ctl(int poll, int operation, int descriptor, long event);

	int epoll_wait(int poll, long events, int count, int timeoutMillis);

}
