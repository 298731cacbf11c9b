// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ResourceUsage;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Spawner} over the native core.
 */
final class JnrSpawner implements Spawner {

	private static final int WAIT_NOHANG = 1;

	private static final int WAIT_KEEP = 2;

	private static final int EXIT_SIZE = 88;

	private static final int EXIT_KIND_EXITED = 1;

	private static final int RUSAGE_SIZE = 144;

	private static final int RUSAGE_MAX_RSS = 32;

	private static final int RUSAGE_SELF = 0;

	/**
	 * Signals that programs commonly find ignored, to their harm: a pipeline does not end
	 * where SIGPIPE is ignored, exit statuses get lost where SIGCHLD is.
	 */
	private static final ProcessSignal[] RESET_ALWAYS = { ProcessSignal.HUP, ProcessSignal.INT, ProcessSignal.QUIT,
			ProcessSignal.PIPE, ProcessSignal.TERM, ProcessSignal.CHLD, ProcessSignal.TSTP, ProcessSignal.TTIN,
			ProcessSignal.TTOU, ProcessSignal.XFSZ };

	private final CoreFunctions core;

	private final LibcFunctions libc;

	private final long defaultSignals;

	JnrSpawner(CoreFunctions core, LibcFunctions libc) {
		this.core = core;
		this.libc = libc;
		long signals = core.subprocess_ignored_signals();
		for (ProcessSignal signal : RESET_ALWAYS) {
			signals |= 1L << (signal.number() - 1);
		}
		this.defaultSignals = signals;
	}

	@Override
	public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		try (NativeBlock block = PlanEncoder.encode(plan, this.defaultSignals)) {
			long result = PlanEncoder.RESULT_OFFSET;
			int code = this.core.subprocess_spawn(block.address(), block.address() + result);
			if (code != 0) {
				throw failure(plan, block.getInt(result + 24), block.getInt(result + 28), block.getInt(result + 32),
						block.getInt(result + 36));
			}
			return new SpawnedChild(block.getInt(result + 4), block.getInt(result + 8),
					plan.programs().get(block.getInt(result + 20)), mechanism(block.getInt(result + 12)),
					closing(block.getInt(result + 16)));
		}
	}

	private static SpawnFailure failure(SpawnPlan plan, int number, int detail, int errno, int signal) {
		ChildStep step = ChildStep.of(number);
		if (step == null) {
			throw new IllegalStateException("The native core reports an unknown step " + number);
		}
		return Errors.spawn(step, errno, subject(plan, step, detail, errno, signal));
	}

	private static @Nullable String subject(SpawnPlan plan, ChildStep step, int detail, int errno, int signal) {
		return switch (step) {
			case EXEC -> program(plan, detail, errno);
			case CHDIR -> plan.workingDirectory();
			case DESCRIPTORS -> descriptor(plan, detail);
			case CLOSE -> "by " + closing(detail);
			case SIGNALS -> ProcessSignal.nameOf(detail);
			case REQUEST -> "member at offset " + detail;
			case LOST -> "killed by " + ProcessSignal.nameOf(signal) + " in step " + stepName(detail);
			case ERROR_PIPE, BIRTH, PIDFD, SESSION, PROCESS_GROUP -> null;
		};
	}

	private static String program(SpawnPlan plan, int index, int errno) {
		if (errno != Errno.ENOENT.intValue() || plan.programs().size() == 1) {
			return plan.programs().get(index);
		}
		return plan.arguments().get(0) + " (tried " + String.join(", ", plan.programs()) + ")";
	}

	private static String descriptor(SpawnPlan plan, int index) {
		if (index >= plan.descriptors().size()) {
			return "error pipe, in the way of a descriptor";
		}
		DescriptorMapping mapping = plan.descriptors().get(index);
		return "descriptor " + mapping.source() + " as " + mapping.target();
	}

	private static String stepName(int number) {
		ChildStep step = ChildStep.of(number);
		return (step != null) ? step.text() : String.valueOf(number);
	}

	private static SpawnMechanism mechanism(int number) {
		return (number == 2) ? SpawnMechanism.FORK : SpawnMechanism.VFORK;
	}

	private static DescriptorClosing closing(int number) {
		return switch (number) {
			case 1 -> DescriptorClosing.CLOSE_RANGE;
			case 2 -> DescriptorClosing.PROC_SELF_FD;
			case 3 -> DescriptorClosing.LOOP;
			default -> DescriptorClosing.NONE;
		};
	}

	@Override
	public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
		try (NativeBlock exit = new NativeBlock(EXIT_SIZE)) {
			exit.putInt(0, EXIT_SIZE);
			int code = this.core.subprocess_wait(pidfd, reap ? WAIT_NOHANG : WAIT_NOHANG | WAIT_KEEP, exit.address());
			if (code < 0) {
				throw Errors.systemCall("waitid", -code);
			}
			return (code == 1) ? decode(exit) : null;
		}
	}

	/**
	 * Return the largest resident set size of the JVM so far, which was not larger when
	 * any child of it was born.
	 */
	private long maxResidentKibOfTheJvm() {
		try (NativeBlock usage = new NativeBlock(RUSAGE_SIZE)) {
			return (this.libc.getrusage(RUSAGE_SELF, usage.address()) == 0) ? usage.getLong(RUSAGE_MAX_RSS)
					: Long.MAX_VALUE;
		}
	}

	private ExitRecord decode(NativeBlock exit) {
		int value = exit.getInt(8);
		ExitStatus status = (exit.getInt(4) == EXIT_KIND_EXITED) ? new ExitStatus.Exited(value)
				: new ExitStatus.Signalled(value, exit.getInt(12) != 0);
		long maxResidentKib = exit.getLong(32);
		ResourceUsage usage = new ResourceUsage(Duration.of(exit.getLong(16), ChronoUnit.MICROS),
				Duration.of(exit.getLong(24), ChronoUnit.MICROS), maxResidentKib * 1024,
				maxResidentKib > maxResidentKibOfTheJvm(), exit.getLong(40), exit.getLong(48), exit.getLong(72),
				exit.getLong(80));
		return new ExitRecord(status, usage);
	}

	@Override
	public void signal(int pidfd, int signal) throws SystemCallFailure {
		check("pidfd_send_signal", this.core.subprocess_signal(pidfd, signal));
	}

	@Override
	public void signalGroup(int group, int signal) throws SystemCallFailure {
		check("kill", this.core.subprocess_signal_group(group, signal));
	}

	@Override
	public int countGroupMembers(int group) throws SystemCallFailure {
		return check("read /proc", this.core.subprocess_group_members(group));
	}

	private static int check(String call, int code) throws SystemCallFailure {
		if (code < 0) {
			throw Errors.systemCall(call, -code);
		}
		return code;
	}

}
