// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.NativeCoreUnavailableException;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.spi.ChildStep;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.Spawner;
import io.github.subprocess.spi.SystemCallFailure;
import jnr.constants.platform.Errno;
import jnr.ffi.LibraryLoader;
import jnr.ffi.Runtime;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Spawner} over posix_spawn(3) of libc, for platforms that the native core has
 * no build for. What posix_spawn cannot do is refused before anything happens.
 * <p>
 * It returns one error and no step. Descriptors and working directory have been tried by
 * then, so an error that nothing but exec has left is told as one of exec. A child that
 * is killed before exec counts as a program that was started and killed.
 */
final class PosixSpawnSpawner implements Spawner {

	private static final int EACCES = Errno.EACCES.intValue();

	private static final Set<Integer> WORTH_ANOTHER_CANDIDATE = Set.of(EACCES, Errno.ENOENT.intValue(),
			Errno.ENOTDIR.intValue(), Errno.ENODEV.intValue(), Errno.ESTALE.intValue(), Errno.ETIMEDOUT.intValue());

	private static final Set<Integer> LEFT_TO_EXEC = Set.of(EACCES, Errno.ENOENT.intValue(), Errno.ENOTDIR.intValue(),
			Errno.ENOEXEC.intValue(), Errno.E2BIG.intValue(), Errno.EISDIR.intValue(), Errno.ELOOP.intValue(),
			Errno.ENAMETOOLONG.intValue(), Errno.ETXTBSY.intValue());

	private static final long BEYOND_ALL_DESCRIPTORS = 0xffff_ffffL;

	private final LibcFunctions libc;

	private final Runtime runtime;

	private final SpawnFunctions functions;

	private final LibcChildren children;

	/**
	 * Create a spawner.
	 * @param libc the functions of libc
	 * @throws NativeCoreUnavailableException if the platform is not known well enough
	 */
	PosixSpawnSpawner(LibcFunctions libc) {
		this(libc, LibraryLoader.create(SpawnFunctions.class).load("c"), Runtime.getRuntime(libc));
	}

	PosixSpawnSpawner(LibcFunctions libc, SpawnFunctions functions, Runtime runtime) {
		String osName = System.getProperty("os.name", "");
		String osArch = System.getProperty("os.arch", "");
		Integer waitid = SystemCallNumbers.waitid(osName, osArch);
		if (waitid == null) {
			throw new NativeCoreUnavailableException(
					"There is no native core for " + osName + " on " + osArch + ", and no way to do without one",
					"Run on Linux on x86_64 or aarch64; with less, on riscv64, loongarch64, ppc64le or s390x.", null);
		}
		this.libc = libc;
		this.runtime = runtime;
		this.functions = functions;
		this.children = new LibcChildren(libc, runtime, waitid);
	}

	@Override
	public SpawnedChild spawn(SpawnPlan plan) throws SpawnFailure {
		TooMuchText.refuse(plan);
		List<SpawnWarning> warnings = UnsupportedAttributes.refuse(plan);
		if (plan.mechanism() != null && plan.mechanism() != SpawnMechanism.POSIX_SPAWN) {
			throw Unsupported.failure("mechanism " + plan.mechanism());
		}
		DescriptorClosing closing = closing(plan.closing());
		try (DescriptorPlacement placement = new DescriptorPlacement(this.libc, this.runtime, plan);
				WorkingDirectory directory = new WorkingDirectory(this.libc, this.runtime, plan.workingDirectory());
				SpawnAttributes attributes = new SpawnAttributes(this.functions, plan);
				SpawnActions actions = new SpawnActions(this.functions);
				ProgramStart start = new ProgramStart(this.libc, this.functions, plan)) {
			directory.enter(actions);
			placement.addTo(actions);
			InheritedStreams.makeBlock(this.libc, this.runtime, plan);
			String program = start(plan, closing, start, actions, attributes);
			return new SpawnedChild(start.pid(), openPidfd(start.pid()), program, SpawnMechanism.POSIX_SPAWN, closing,
					warnings);
		}
	}

	/**
	 * Return how the libc is going to close descriptors, if it can: by close_range(2)
	 * unless the kernel, or a sandbox, does not let it.
	 */
	private DescriptorClosing closing(@Nullable DescriptorClosing wanted) throws SpawnFailure {
		if (wanted == DescriptorClosing.NONE) {
			return wanted;
		}
		long result = this.libc.syscall(SystemCallNumbers.CLOSE_RANGE, BEYOND_ALL_DESCRIPTORS, BEYOND_ALL_DESCRIPTORS,
				0, 0, 0);
		DescriptorClosing way = (result == 0) ? DescriptorClosing.CLOSE_RANGE : DescriptorClosing.PROC_SELF_FD;
		if (wanted != null && wanted != way) {
			throw Unsupported.failure(ChildStep.CLOSE.text() + " by " + wanted);
		}
		return way;
	}

	/**
	 * Try the candidates in turn. The precedence of execvp: a program that may not be run
	 * outdoes one that is not there.
	 */
	private String start(SpawnPlan plan, DescriptorClosing closing, ProgramStart start, SpawnActions actions,
			SpawnAttributes attributes) throws SpawnFailure {
		int told = 0;
		int guilty = 0;
		for (int index = 0; index < plan.programs().size(); index++) {
			String program = plan.programs().get(index);
			int error = start.execute(program, actions, attributes);
			if (error == 0) {
				return program;
			}
			boolean isWorthAnother = WORTH_ANOTHER_CANDIDATE.contains(error);
			if (told != EACCES || !isWorthAnother) {
				told = error;
				guilty = index;
			}
			if (!isWorthAnother) {
				break;
			}
		}
		throw failure(plan, closing, told, guilty);
	}

	private static SpawnFailure failure(SpawnPlan plan, DescriptorClosing closing, int error, int index) {
		if (closing == DescriptorClosing.PROC_SELF_FD || !LEFT_TO_EXEC.contains(error)) {
			return Errors.spawn(ChildStep.POSIX_SPAWN, error, plan.programs().get(index));
		}
		return Errors.spawn(ChildStep.EXEC, error, GuiltyArgument.of(plan, ChildStep.EXEC, index, error, 0));
	}

	private int openPidfd(int pid) throws SpawnFailure {
		try {
			return this.children.openPidfd(pid);
		}
		catch (SystemCallFailure ex) {
			if (LibcChildren.lacksPidfds(ex)) {
				return LibcChildren.withoutPidfd(pid);
			}
			this.children.discard(pid);
			throw Errors.spawn(ChildStep.PIDFD, ex.errno(), null);
		}
	}

	@Override
	public @Nullable ExitRecord poll(int pidfd, boolean reap) throws SystemCallFailure {
		return this.children.poll(pidfd, reap);
	}

	@Override
	public void signal(int pidfd, int signal) throws SystemCallFailure {
		this.children.signal(pidfd, signal);
	}

	@Override
	public void signalGroup(int group, int signal) throws SystemCallFailure {
		this.children.signalGroup(group, signal);
	}

	@Override
	public int countGroupMembers(int group) throws SystemCallFailure {
		return GroupMembers.of(this.libc, group).alive();
	}

	@Override
	public Duration groupCpuTime(int group) throws SystemCallFailure {
		return GroupMembers.of(this.libc, group).cpuTime();
	}

}
