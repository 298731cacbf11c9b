// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is told of a process only when it is asked for by its id. What does not apply is
 * {@code null} and left out of the response.
 *
 * @param policy what it was launched under, after merging: keys as below
 * {@code subprocess.policy.<name>}, values of variables and arguments sanitized
 * @param figures what it uses, while it is alive
 * @param tree the same of its descendants
 * @param descriptors what it has open, while it is alive
 * @param cgroup what those in its cgroup use or have used, if one was made for it
 * @param deadlinesLeft how long it may go on, while it is alive
 * @param outputTail the end of what it wrote to standard output, if captured; sanitized
 * @param errorTail the same of standard error
 * @since 0.1.0
 */
public record SubprocessDetailDescriptor(Map<String, Object> policy, @Nullable FiguresDescriptor figures,
		@Nullable List<FiguresDescriptor> tree, @Nullable List<OpenDescriptorDescriptor> descriptors,
		@Nullable CgroupDescriptor cgroup, @Nullable DeadlinesLeftDescriptor deadlinesLeft, @Nullable String outputTail,
		@Nullable String errorTail) {

}
