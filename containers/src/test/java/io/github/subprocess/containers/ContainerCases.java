// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.containers;

import java.util.List;
import java.util.Map;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;

/**
 * All cases, each of them once for each Java.
 */
final class ContainerCases {

	private static final String NOBODY = "65534:65534";

	private static final String ORDINARY = "1000:1000";

	private static final long MIB = 1024 * 1024;

	private static final String[] LANDLOCK = { "landlock_create_ruleset", "landlock_add_rule",
			"landlock_restrict_self" };

	private ContainerCases() {
	}

	static List<ContainerCase> all() {
		return List.of(
				ContainerCase.named("first process of the container, no init, root")
					.withoutInit()
					.run("first-process")
					.expect(Expected.good("who is ended with a process is reaped")),
				ContainerCase.named("first process of the container, no init, ordinary user")
					.always()
					.user(ORDINARY)
					.withoutInit()
					.run("first-process")
					.expect(Expected.good("who is ended with a process is reaped")),
				ContainerCase.named("root").run("behaviours").found("uid=0"),
				ContainerCase.named("ordinary user").always().user(ORDINARY),
				ContainerCase.named("ordinary user, more behaviours").user(ORDINARY).run("behaviours"),
				ContainerCase.named("user without a name").user("4711:4711"),
				ContainerCase.named("no capabilities, no new privileges")
					.user(NOBODY)
					.with((host) -> host.withCapDrop(Capability.ALL).withSecurityOpts(List.of("no-new-privileges")))
					.found("capabilities=0000000000000000", "no-new-privileges=1"),
				ContainerCase.named("read-only root, a temporary directory")
					.always()
					.user(ORDINARY)
					.with((host) -> host.withReadonlyRootfs(true).withTmpFs(temporary("exec")))
					.found("/=ro", "/tmp=rw"),
				ContainerCase.named("read-only root, nothing can be written")
					.with((host) -> host.withReadonlyRootfs(true))
					.found("/=ro")
					.expect(Expected.unavailable("refused, the text names `java.io.tmpdir`", "java.io.tmpdir")),
				ContainerCase.named("temporary directory noexec")
					.always()
					.user(ORDINARY)
					.with((host) -> host.withTmpFs(temporary("noexec")))
					.found("/tmp=noexec")
					.expect(Expected.unavailable("refused, the text names `java.io.tmpdir`", "noexec",
							"java.io.tmpdir")),
				ContainerCase.named("temporary directory noexec, java.io.tmpdir elsewhere")
					.always()
					.user(ORDINARY)
					.with((host) -> host
						.withTmpFs(Map.of("/tmp", "rw,noexec,mode=1777", "/extracted", "rw,exec,mode=1777")))
					.jvm("-Djava.io.tmpdir=/extracted")
					.found("/tmp=noexec"),
				ContainerCase.named("no /proc").always().withoutProc().run("without-proc"),
				ContainerCase.named("no /proc, no close_range")
					.refuse(SeccompProfile.ENOSYS, "close_range")
					.withoutProc()
					.run("without-proc"),
				refused("close_range", SeccompProfile.ENOSYS, "close_range").always()
					.expect(Expected.good("descriptors are closed one by one", "close_range=false")),
				refused("close_range", SeccompProfile.EPERM, "close_range")
					.expect(Expected.good("descriptors are closed one by one", "close_range=false")),
				refused("pidfd_open", SeccompProfile.ENOSYS, "pidfd_open").always()
					.expect(Expected.good("processes are looked at every few ms", "pidfds=false")),
				refused("pidfd_open", SeccompProfile.EPERM, "pidfd_open")
					.expect(Expected.good("processes are looked at every few ms", "pidfds=false")),
				refused("clone3", SeccompProfile.ENOSYS, "clone3").always()
					.expect(Expected.good("`clone` is used", "clone3=false")),
				refused("clone3", SeccompProfile.EPERM, "clone3")
					.expect(Expected.noJvm("no JVM comes up: glibc takes it for a refused thread")),
				refused("Landlock", SeccompProfile.ENOSYS, LANDLOCK).always()
					.expect(Expected.good("a required sandbox is refused by name", "landlock=false")),
				refused("Landlock", SeccompProfile.EPERM, LANDLOCK)
					.expect(Expected.good("a required sandbox is refused by name", "landlock=false")),
				refused("all of these", SeccompProfile.ENOSYS, "close_range", "pidfd_open", "clone3", LANDLOCK[0],
						LANDLOCK[1], LANDLOCK[2])
					.expect(Expected.good("as above, together", "close_range=false", "pidfds=false", "clone3=false",
							"landlock=false")),
				ContainerCase.named("64 tasks (`pids.max`)")
					.always()
					.user(ORDINARY)
					.with((host) -> host.withPidsLimit(64L))
					.found("pids=64")
					.run("few-processes")
					.expect(Expected.good("one too many is refused as `EAGAIN`, nothing is left")),
				ContainerCase.named("256 MiB of memory, a greedy child")
					.always()
					.with((host) -> memory(host, 256 * MIB))
					.found("memory=" + 256 * MIB)
					.run("little-memory")
					.expect(Expected.good("the child is told as killed, the JVM goes on")));
	}

	private static ContainerCase refused(String what, int errno, String... calls) {
		String name = what + " refused with " + ((errno == SeccompProfile.EPERM) ? "EPERM" : "ENOSYS");
		return ContainerCase.named(name).user(ORDINARY).refuse(errno, calls);
	}

	private static Map<String, String> temporary(String execution) {
		return Map.of("/tmp", "rw," + execution + ",mode=1777");
	}

	private static HostConfig memory(HostConfig host, long bytes) {
		// as much memory and swap: no swap
		return host.withMemory(bytes).withMemorySwap(bytes);
	}

}
