// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.concurrent.TimeUnit;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.Fixture;
import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.internal.jnr.SystemCallFilter.Call;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.TerminationPolicy;
import io.github.subprocess.policy.TerminationScope;
import jnr.constants.platform.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where a sandbox refuses pidfd_send_signal(2) alone, children are signalled by their
 * pids, which are theirs until they are reaped.
 */
@Timeout(60)
class RefusedPidfdSignalTests {

	private static final ProcessPolicy ALONE = ProcessPolicy.undecided()
		.withTermination(TerminationPolicy.undecided().withScope(TerminationScope.PROCESS));

	@AfterEach
	void nothingIsLeft() {
		assertThat(Fixture.zombies()).isEmpty();
	}

	@ParameterizedTest
	@EnumSource(names = { "ENOSYS", "EPERM" })
	void processIsSignalledByItself(Errno errno) throws Exception {
		ExitStatus status = refusing(errno).call(() -> {
			try (ProcessLauncher launcher = Fixture.launcher().build()) {
				ManagedProcess process = launcher.command("sleep", "100").start();
				assertThat(process.signal(ProcessSignal.USR1)).isTrue();
				ExitStatus end = process.result().get(30, TimeUnit.SECONDS).status();
				assertThat(process.signal(ProcessSignal.USR1)).isFalse();
				return end;
			}
		});
		assertThat(status).isEqualTo(new ExitStatus.Signalled(ProcessSignal.USR1.number(), false));
	}

	@ParameterizedTest
	@EnumSource(names = { "ENOSYS", "EPERM" })
	void processIsEndedAlone(Errno errno) throws Exception {
		ProcessResult result = refusing(errno).call(() -> {
			try (ProcessLauncher launcher = Fixture.launcher().build()) {
				ManagedProcess process = launcher.command("sleep", "100").overrides(ALONE).start();
				process.destroy();
				return process.result().get(30, TimeUnit.SECONDS);
			}
		});
		assertThat(result.status()).isEqualTo(new ExitStatus.Signalled(ProcessSignal.TERM.number(), false));
		assertThat(result.forced()).isFalse();
	}

	private static SystemCallFilter refusing(Errno errno) {
		return new SystemCallFilter().refuse(Call.PIDFD_SEND_SIGNAL, errno);
	}

}
