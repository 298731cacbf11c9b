// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.policy.SystemCallGroup;
import io.github.subprocess.spi.ChildSandbox;
import jnr.constants.platform.Errno;

/**
 * Builds the filter of system calls of a sandbox. What is not refused is allowed; calls
 * of another architecture end the process, since they have other numbers.
 */
final class SandboxFilter {

	private static final int AF_UNIX = 1;

	private static final int CLONE3 = 435;

	/**
	 * From here on the numbers are those of x32.
	 */
	private static final int SECOND_ABI = 0x4000_0000;

	/**
	 * Mount, cgroup, UTS, IPC, user, pid and network. That of time is not to be had from
	 * clone.
	 */
	private static final int NAMESPACE_FLAGS = 0x7E02_0000;

	private final FilterArchitecture architecture;

	private final List<FilterInstruction> program = new ArrayList<>();

	private SandboxFilter(FilterArchitecture architecture) {
		this.architecture = architecture;
	}

	/**
	 * Build the filter of a sandbox.
	 * @param sandbox the sandbox
	 * @param architecture of the machine
	 * @return the filter, checked; empty if the sandbox needs none
	 */
	static List<FilterInstruction> of(ChildSandbox sandbox, FilterArchitecture architecture) {
		if (!sandbox.withoutNetwork() && sandbox.deniedSystemCalls().isEmpty()) {
			return List.of();
		}
		List<FilterInstruction> program = new SandboxFilter(architecture).build(sandbox);
		FilterCheck.check(program, architecture);
		return program;
	}

	private List<FilterInstruction> build(ChildSandbox sandbox) {
		refuseOtherAbis();
		if (sandbox.withoutNetwork()) {
			refuseOtherSockets(this.architecture.socket());
			refuseOtherSockets(this.architecture.socketpair());
		}
		for (DeniableCall call : DeniableCall.values()) {
			if (isDenied(call.group(), sandbox) && call.number(this.architecture) != DeniableCall.NONE) {
				refuse(call.number(this.architecture), call.errno());
			}
		}
		if (sandbox.deniedSystemCalls().contains(SystemCallGroup.NAMESPACES)) {
			refuseNamespaces();
		}
		this.program.add(FilterInstruction.answer(FilterInstruction.ALLOW));
		return List.copyOf(this.program);
	}

	/**
	 * A ring of requests makes sockets without a system call that a filter would see.
	 */
	private static boolean isDenied(SystemCallGroup group, ChildSandbox sandbox) {
		return sandbox.deniedSystemCalls().contains(group)
				|| (group == SystemCallGroup.IO_URING && sandbox.withoutNetwork());
	}

	private void refuseOtherAbis() {
		this.program.add(FilterInstruction.load(FilterInstruction.ARCHITECTURE));
		this.program.add(FilterInstruction.when(FilterInstruction.JUMP_IF_EQUAL, this.architecture.auditNumber(), 1));
		this.program.add(FilterInstruction.answer(FilterInstruction.KILL_PROCESS));
		this.program.add(FilterInstruction.load(FilterInstruction.NUMBER));
		if (this.architecture.hasSecondAbi()) {
			this.program.add(FilterInstruction.unless(FilterInstruction.JUMP_IF_NOT_BELOW, SECOND_ABI, 1));
			this.program.add(FilterInstruction.answer(refusal(Errno.ENOSYS)));
		}
	}

	private void refuse(int number, Errno errno) {
		this.program.add(FilterInstruction.unless(FilterInstruction.JUMP_IF_EQUAL, number, 1));
		this.program.add(FilterInstruction.answer(refusal(errno)));
	}

	/**
	 * The kernel looks at the lower half of the argument only, and so does the filter.
	 */
	private void refuseOtherSockets(int number) {
		this.program.add(FilterInstruction.unless(FilterInstruction.JUMP_IF_EQUAL, number, 4));
		this.program.add(FilterInstruction.load(FilterInstruction.FIRST_ARGUMENT));
		this.program.add(FilterInstruction.when(FilterInstruction.JUMP_IF_EQUAL, AF_UNIX, 1));
		this.program.add(FilterInstruction.answer(refusal(Errno.EAFNOSUPPORT)));
		this.program.add(FilterInstruction.load(FilterInstruction.NUMBER));
	}

	private void refuseNamespaces() {
		refuse(CLONE3, Errno.ENOSYS);
		this.program.add(FilterInstruction.unless(FilterInstruction.JUMP_IF_EQUAL, this.architecture.cloning(), 4));
		this.program.add(FilterInstruction.load(FilterInstruction.FIRST_ARGUMENT));
		this.program.add(FilterInstruction.unless(FilterInstruction.JUMP_IF_ANY_BIT, NAMESPACE_FLAGS, 1));
		this.program.add(FilterInstruction.answer(refusal(Errno.EPERM)));
		this.program.add(FilterInstruction.load(FilterInstruction.NUMBER));
	}

	private static int refusal(Errno errno) {
		return FilterInstruction.REFUSE | errno.intValue();
	}

}
