// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What a live process uses.
 *
 * @param pid its process id
 * @param parent the process id of its parent
 * @param name the name of its program, at most 15 characters
 * @param activity what it is doing: {@code running}, {@code sleeping}, {@code blocked},
 * {@code stopped}, {@code traced}, {@code zombie} or {@code other}
 * @param threads how many threads it has
 * @param cpuTime CPU time
 * @param residentBytes memory in RAM
 * @param bytesRead how many bytes it has read, if the kernel tells
 * @param bytesWritten how many bytes it has written, if the kernel tells
 * @since 0.1.0
 */
public record FiguresDescriptor(long pid, long parent, String name, String activity, int threads, Duration cpuTime,
		long residentBytes, @Nullable Long bytesRead, @Nullable Long bytesWritten) {

}
