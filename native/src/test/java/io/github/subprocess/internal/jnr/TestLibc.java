// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

/**
 * Functions of libc that only tests need.
 */
public interface TestLibc {

	int getrlimit(int resource, long limit);

	int setrlimit(int resource, long limit);

	long signal(int signal, long handler);

	int prctl(int option, long second, long third, long fourth, long fifth);

}
