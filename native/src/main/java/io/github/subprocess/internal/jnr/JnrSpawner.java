// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ResourceUsage;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.internal.jnr.PlanEncoder.Circumstances;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.Runtime;
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
	 * Signals 1 to 31; of those for real time only the ones that are ignored early.
	 */
	private static final long STANDARD_SIGNALS = 0x7fff_ffffL;

	private static final int O_PATH = 010000000;

	private static final int O_CLOEXEC = 02000000;

	/**
	 * Births with other credentials come one after the other: while the first one's
	 * memory is kept from being traced, the end of a second one would end that.
	 */
	private static final Lock oneOtherUserAtATime = new ReentrantLock();

	private final CoreFunctions core;

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final DescriptorRoom room;

	private final Supplier<Spawner> posixSpawn;

	private final int capabilities;

	private final SandboxSupport sandbox;

	private final long defaultSignals;

	/**
	 * It never shrinks, so what is not larger than this was not larger than the JVM.
	 */
	private volatile long maxResidentKibOfTheJvm;

	JnrSpawner(NativeCore core, LibcFunctions libc, DescriptorRoom room, Supplier<Spawner> posixSpawn) {
		this.core = core.functions();
		this.libc = libc;
		this.runtime = Runtime.getRuntime(libc);
		this.room = room;
		this.posixSpawn = posixSpawn;
		this.capabilities = core.capabilities();
		this.sandbox = core.sandbox();
		this.defaultSignals = this.core.subprocess_ignored_signals() | STANDARD_SIGNALS;
		loadWhatIsNeededSoon();
	}

	/**
	 * When descriptors have run out no class can be loaded any more, so those that say so
	 * are needed before. The first birth does not wait for those that encode its plan.
	 */
	private void loadWhatIsNeededSoon() {
		SpawnPlan plan = new SpawnPlan(List.of("/"), List.of("/"), List.of(), null, SessionMode.INHERIT, 0, List.of(),
				ChildAttributes.builder().build(), null, null);
		int errno = Errno.EMFILE.intValue();
		Errors.spawn(ChildStep.EXEC, errno, GuiltyArgument.of(plan, ChildStep.EXEC, 0, errno, 0));
		PlanEncoder
			.encode(plan,
					new Circumstances(this.capabilities, CoreNumbers.of(plan.mechanism(), this.capabilities),
							this.defaultSignals, List.of(), null, this.sandbox))
			.close();
	}

	SpawnMechanism defaultMechanism() {
		return ((this.capabilities & CoreNumbers.CAN_SHARE_MEMORY) != 0) ? SpawnMechanism.VFORK : SpawnMechanism.FORK;
	}

	@Override
	public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		TooMuchText.refuse(plan);
		if (plan.mechanism() == SpawnMechanism.POSIX_SPAWN) {
			return this.posixSpawn.get().spawn(plan);
		}
		SandboxFitting fitted = SandboxFitting.fit(plan, this.sandbox);
		return spawn(fitted.plan(), fitted.warnings());
	}

	private SpawnedChild spawn(SpawnPlan plan, List<SpawnWarning> warnings) throws SpawnFailure {
		String cgroup = plan.attributes().cgroup();
		if (cgroup == null) {
			return spawn(plan, null, warnings);
		}
		int directory = this.libc.open(NativeText.terminated(cgroup), O_PATH | O_CLOEXEC, 0);
		if (directory < 0) {
			int errno = this.runtime.getLastError();
			if (!plan.attributes().bestEffort().contains(Attribute.CGROUP)) {
				throw Errors.spawn(ChildStep.CGROUP, errno, cgroup);
			}
			List<SpawnWarning> more = new ArrayList<>(warnings);
			more.add(Errors.warning(ChildStep.CGROUP, errno, cgroup));
			return spawn(plan, null, more);
		}
		try {
			return spawn(plan, directory, warnings);
		}
		finally {
			this.libc.close(directory);
		}
	}

	private SpawnedChild spawn(SpawnPlan plan, @Nullable Integer cgroup, List<SpawnWarning> warnings)
			throws SpawnFailure {
		List<Integer> lease = this.room.borrow(plan);
		Circumstances circumstances = new Circumstances(this.capabilities,
				CoreNumbers.of(plan.mechanism(), this.capabilities),
				plan.attributes().keepsIgnoredSignals() ? 0 : this.defaultSignals, lease, cgroup, this.sandbox);
		try (NativeBlock block = PlanEncoder.encode(plan, circumstances)) {
			if (spawn(plan, block) != 0) {
				throw failure(plan, block);
			}
			return new SpawnedChild(block.getInt(RequestLayout.RESULT_PID), block.getInt(RequestLayout.RESULT_PIDFD),
					plan.programs().get(block.getInt(RequestLayout.RESULT_PROGRAM)),
					CoreNumbers.mechanism(block.getInt(RequestLayout.RESULT_MECHANISM)),
					CoreNumbers.closing(block.getInt(RequestLayout.RESULT_CLOSING)), warnings(plan, block, warnings));
		}
		finally {
			this.room.giveBack(lease);
		}
	}

	private int spawn(SpawnPlan plan, NativeBlock block) {
		if (plan.attributes().user() == null && plan.attributes().group() == null) {
			return this.core.subprocess_spawn(block.address(), block.address() + RequestLayout.RESULT);
		}
		oneOtherUserAtATime.lock();
		try {
			return this.core.subprocess_spawn(block.address(), block.address() + RequestLayout.RESULT);
		}
		finally {
			oneOtherUserAtATime.unlock();
		}
	}

	private static SpawnFailure failure(SpawnPlan plan, NativeBlock block) {
		ChildStep step = step(block.getInt(RequestLayout.RESULT_STEP));
		int errno = block.getInt(RequestLayout.RESULT_ERROR);
		return Errors.spawn(step, errno, GuiltyArgument.of(plan, step, block.getInt(RequestLayout.RESULT_DETAIL), errno,
				block.getInt(RequestLayout.RESULT_SIGNAL)));
	}

	private static List<SpawnWarning> warnings(SpawnPlan plan, NativeBlock block, List<SpawnWarning> before) {
		int count = block.getInt(RequestLayout.RESULT_WARNING_COUNT);
		if (count == 0) {
			return before;
		}
		List<SpawnWarning> warnings = new ArrayList<>(before);
		for (int i = 0; i < count; i++) {
			int at = RequestLayout.RESULT_WARNINGS + RequestLayout.WARNING_SIZE * i;
			ChildStep step = step(block.getInt(at));
			int errno = block.getInt(at + 8);
			warnings.add(Errors.warning(step, errno, GuiltyArgument.of(plan, step, block.getInt(at + 4), errno, 0)));
		}
		return warnings;
	}

	private static ChildStep step(int number) {
		ChildStep step = ChildStep.of(number);
		if (step == null) {
			throw new IllegalStateException("The native core reports an unknown step " + number);
		}
		return step;
	}

	@Override
	public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
		try (NativeBlock exit = new NativeBlock(EXIT_SIZE)) {
			exit.putInt(0, EXIT_SIZE);
			int code = this.core.subprocess_wait(pidfd, reap ? WAIT_NOHANG : WAIT_NOHANG | WAIT_KEEP, exit.address());
			if (code < 0) {
				throw Errors.systemCall("waitid", -code);
			}
			return (code == 1) ? decode(exit, reap) : null;
		}
	}

	/**
	 * Return whether a child has used more memory than the JVM ever has, which was not
	 * larger when the child was born. The JVM is asked only where what is known of it
	 * does not tell.
	 */
	private boolean isLargerThanTheJvm(long maxResidentKib) {
		if (maxResidentKib <= this.maxResidentKibOfTheJvm) {
			return false;
		}
		try (NativeBlock usage = new NativeBlock(RUSAGE_SIZE)) {
			if (this.libc.getrusage(RUSAGE_SELF, usage.address()) != 0) {
				return false;
			}
			this.maxResidentKibOfTheJvm = usage.getLong(RUSAGE_MAX_RSS);
		}
		return maxResidentKib > this.maxResidentKibOfTheJvm;
	}

	/**
	 * Who only looks does not ask for the JVM's own memory, which costs a call: until the
	 * child is reaped, its largest resident set counts as one that may be inherited.
	 */
	private ExitRecord decode(NativeBlock exit, boolean reaped) {
		int value = exit.getInt(8);
		ExitStatus status = (exit.getInt(4) == EXIT_KIND_EXITED) ? new ExitStatus.Exited(value)
				: new ExitStatus.Signalled(value, exit.getInt(12) != 0);
		long maxResidentKib = exit.getLong(32);
		ResourceUsage usage = new ResourceUsage(Duration.of(exit.getLong(16), ChronoUnit.MICROS),
				Duration.of(exit.getLong(24), ChronoUnit.MICROS), maxResidentKib * 1024,
				reaped && isLargerThanTheJvm(maxResidentKib), exit.getLong(40), exit.getLong(48), exit.getLong(72),
				exit.getLong(80));
		return new ExitRecord(status, usage);
	}

	@Override
	public void signal(int pidfd, int signal) throws SystemCallFailure {
		check((pidfd >= 0) ? "pidfd_send_signal" : "kill", this.core.subprocess_signal(pidfd, signal));
	}

	@Override
	public void signalGroup(int group, int signal) throws SystemCallFailure {
		check("kill", this.core.subprocess_signal_group(group, signal));
	}

	@Override
	public int countGroupMembers(int group) throws SystemCallFailure {
		return check("read /proc", this.core.subprocess_group_members(group));
	}

	@Override
	public Duration groupCpuTime(int group) throws SystemCallFailure {
		long micros = this.core.subprocess_group_cpu(group);
		if (micros < 0) {
			throw Errors.systemCall("read /proc", (int) -micros);
		}
		return Duration.of(micros, ChronoUnit.MICROS);
	}

	private static int check(String call, int code) throws SystemCallFailure {
		if (code < 0) {
			throw Errors.systemCall(call, -code);
		}
		return code;
	}

}
