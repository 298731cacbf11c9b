// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.policy.SystemCallGroup;
import io.github.subprocess.spi.ChildSandbox;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What a filter answers to each call, run as the kernel runs it, for both architectures.
 */
class SandboxFilterTests {

	private static final int AF_UNIX = 1;

	private static final int AF_INET = 2;

	private static final int CLONE_NEWUSER = 0x10000000;

	private static final int CLONE_OF_A_THREAD = 0x3d0f00;

	private static final int CLONE3 = 435;

	private static ChildSandbox sandbox(boolean withoutNetwork, Set<SystemCallGroup> denied) {
		return new ChildSandbox(null, withoutNetwork, null, null, false, false, denied);
	}

	private static int answer(FilterArchitecture architecture, ChildSandbox sandbox, int number, int argument) {
		return FilterCheck.answer(SandboxFilter.of(sandbox, architecture), architecture.auditNumber(), number,
				argument);
	}

	private static int refusal(Errno errno) {
		return FilterInstruction.REFUSE | errno.intValue();
	}

	@Test
	void noFilterWhereNoneIsNeeded() {
		assertThat(SandboxFilter.of(sandbox(false, Set.of()), FilterArchitecture.X86_64)).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void withoutNetworkOnlySocketsOfTheFileSystem(FilterArchitecture architecture) {
		ChildSandbox sandbox = sandbox(true, Set.of());
		for (int call : List.of(architecture.socket(), architecture.socketpair())) {
			assertThat(answer(architecture, sandbox, call, AF_UNIX)).isEqualTo(FilterInstruction.ALLOW);
			for (int family : List.of(0, AF_INET, 10, 16, 17, 40, -1)) {
				assertThat(answer(architecture, sandbox, call, family)).isEqualTo(refusal(Errno.EAFNOSUPPORT));
			}
		}
		assertThat(answer(architecture, sandbox, 425, 0)).isEqualTo(refusal(Errno.ENOSYS));
		assertThat(answer(architecture, sandbox, architecture.cloning(), CLONE_NEWUSER))
			.isEqualTo(FilterInstruction.ALLOW);
	}

	@ParameterizedTest
	@EnumSource
	void eachGroupDeniesItsCallsAndNoOthers(FilterArchitecture architecture) {
		for (SystemCallGroup group : SystemCallGroup.values()) {
			ChildSandbox sandbox = sandbox(false, Set.of(group));
			for (DeniableCall call : DeniableCall.values()) {
				if (call.number(architecture) != DeniableCall.NONE) {
					assertThat(answer(architecture, sandbox, call.number(architecture), 0)).as(group + " " + call)
						.isEqualTo((call.group() == group) ? refusal(call.errno()) : FilterInstruction.ALLOW);
				}
			}
			assertThat(answer(architecture, sandbox, architecture.socket(), AF_INET))
				.isEqualTo(FilterInstruction.ALLOW);
		}
	}

	@Test
	void everyGroupHasCallsAndNoNumberIsThereTwice() {
		for (FilterArchitecture architecture : FilterArchitecture.values()) {
			List<Integer> numbers = Stream.of(DeniableCall.values())
				.map((call) -> call.number(architecture))
				.filter((number) -> number != DeniableCall.NONE)
				.toList();
			assertThat(numbers).doesNotHaveDuplicates();
		}
		Set<SystemCallGroup> groups = EnumSet.allOf(SystemCallGroup.class);
		Stream.of(DeniableCall.values()).forEach((call) -> groups.remove(call.group()));
		assertThat(groups).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void threadsAndProcessesAreMadeButNoNamespaces(FilterArchitecture architecture) {
		ChildSandbox sandbox = sandbox(false, Set.of(SystemCallGroup.NAMESPACES));
		int call = architecture.cloning();
		assertThat(answer(architecture, sandbox, call, CLONE_OF_A_THREAD)).isEqualTo(FilterInstruction.ALLOW);
		assertThat(answer(architecture, sandbox, call, 17)).isEqualTo(FilterInstruction.ALLOW);
		assertThat(answer(architecture, sandbox, call, CLONE_NEWUSER | 17)).isEqualTo(refusal(Errno.EPERM));
		assertThat(answer(architecture, sandbox, CLONE3, 0)).isEqualTo(refusal(Errno.ENOSYS));
	}

	@Test
	void callsOfOtherAbisAreNotMistaken() {
		List<FilterInstruction> filter = SandboxFilter.of(sandbox(true, EnumSet.allOf(SystemCallGroup.class)),
				FilterArchitecture.X86_64);
		int i386 = 0x40000003;
		assertThat(FilterCheck.answer(filter, i386, 359, AF_INET)).isEqualTo(FilterInstruction.KILL_PROCESS);
		int x32 = 0x40000000;
		assertThat(FilterCheck.answer(filter, FilterArchitecture.X86_64.auditNumber(), x32 | 41, AF_INET))
			.isEqualTo(refusal(Errno.ENOSYS));
	}

	@Test
	void filterThatKeepsTheChildFromItsProgramIsNone() {
		FilterArchitecture architecture = FilterArchitecture.X86_64;
		List<FilterInstruction> noExec = List.of(FilterInstruction.load(FilterInstruction.NUMBER),
				FilterInstruction.unless(FilterInstruction.JUMP_IF_EQUAL, architecture.execve(), 1),
				FilterInstruction.answer(refusal(Errno.EPERM)), FilterInstruction.answer(FilterInstruction.ALLOW));
		assertThatIllegalStateException().isThrownBy(() -> FilterCheck.check(noExec, architecture))
			.withMessageContaining("system call 59");
	}

	@Test
	void filterThatIsNoneIsNotHandedOver() {
		FilterArchitecture architecture = FilterArchitecture.AARCH64;
		assertThatIllegalStateException().isThrownBy(() -> FilterCheck.check(List.of(), architecture));
		assertThatIllegalStateException().isThrownBy(() -> FilterCheck
			.check(Collections.nCopies(4097, FilterInstruction.answer(FilterInstruction.ALLOW)), architecture));
		assertThatIllegalStateException()
			.isThrownBy(
					() -> FilterCheck.check(List.of(FilterInstruction.load(FilterInstruction.NUMBER)), architecture))
			.withMessageContaining("past its end");
		List<FilterInstruction> tooFar = List.of(FilterInstruction.unless(FilterInstruction.JUMP_IF_EQUAL, 1, 1),
				FilterInstruction.answer(FilterInstruction.ALLOW));
		assertThatIllegalStateException().isThrownBy(() -> FilterCheck.check(tooFar, architecture));
		assertThatIllegalStateException().isThrownBy(() -> FilterCheck.check(
				List.of(new FilterInstruction(0x80, 0, 0, 0), FilterInstruction.answer(FilterInstruction.ALLOW)),
				architecture));
	}

}
