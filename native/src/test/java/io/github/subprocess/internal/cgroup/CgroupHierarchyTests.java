// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.cgroup;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The cgroup of the JVM is found where it is mounted.
 */
class CgroupHierarchyTests {

	private static final String OTHER = "20 19 0:18 / /proc rw - proc proc rw";

	@Test
	void belowTheMountPoint() {
		assertThat(CgroupHierarchy.own(List.of("4:memory:/x", "0::/app.service/jvm"),
				List.of(OTHER, "30 24 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw")))
			.isEqualTo(Path.of("/sys/fs/cgroup/app.service/jvm"));
	}

	@Test
	void whereAPartOfTheHierarchyIsMounted() {
		List<String> mounts = List.of("30 24 0:26 /docker/a /sys/fs/cgroup ro - cgroup2 cgroup rw");
		assertThat(CgroupHierarchy.own(List.of("0::/docker/a"), mounts)).isEqualTo(Path.of("/sys/fs/cgroup"));
		assertThat(CgroupHierarchy.own(List.of("0::/docker/a/b"), mounts)).isEqualTo(Path.of("/sys/fs/cgroup/b"));
		assertThat(CgroupHierarchy.own(List.of("0::/docker/c"), mounts)).isNull();
	}

	@Test
	void nowhereWithVersion1Alone() {
		assertThat(CgroupHierarchy.own(List.of("4:memory:/x"),
				List.of("30 24 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory")))
			.isNull();
		assertThat(CgroupHierarchy.own(List.of("0::/"), List.of(OTHER))).isNull();
	}

}
