// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.live;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.internal.tree.ChildSignal;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.BundledProgram;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.DescriptorIo;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.ExitRecord;
import io.github.subprocess.spi.OperatingSystem;
import io.github.subprocess.spi.ReadinessPoll.Interest;
import io.github.subprocess.spi.SpawnFailure;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.SpawnedChild;
import io.github.subprocess.spi.SystemCallFailure;
import org.jspecify.annotations.Nullable;

/**
 * The guardian program from its start to its end, and the lifeline to it: the pipe that
 * it reads, whose other end nobody holds but this JVM. Not safe for use by several
 * threads.
 */
final class GuardianProcess {

	private static final int RECORD_SIZE = 8;

	/**
	 * How long it may leave a full pipe unread. It reads as soon as it is given a
	 * processor: only who is stopped or starved needs as long.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

	private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private static final int EAGAIN = 11;

	private final OperatingSystem system;

	private final SpawnedChild child;

	private final int lifeline;

	private final long started = System.nanoTime();

	private final ByteBuffer record = ByteBuffer.allocateDirect(RECORD_SIZE).order(ByteOrder.nativeOrder());

	private EventLoop.@Nullable Watch watch;

	private GuardianProcess(OperatingSystem system, SpawnedChild child, int lifeline) {
		this.system = system;
		this.child = child;
		this.lifeline = lifeline;
	}

	static GuardianProcess start(OperatingSystem system, BundledProgram program) throws SystemCallFailure {
		DescriptorIo io = system.descriptors();
		DescriptorIo.Pipe pipe = io.pipe(false);
		boolean runs = false;
		try (BundledProgram.Executable file = program.prepare()) {
			SpawnedChild child = system.spawner().spawn(plan(file.path(), pipe.childEnd()));
			runs = true;
			return new GuardianProcess(system, child, pipe.parentEnd());
		}
		finally {
			io.close(pipe.childEnd());
			if (!runs) {
				io.close(pipe.parentEnd());
			}
		}
	}

	private static SpawnPlan plan(String program, int lifeline) {
		// the argument is for whoever looks at it with ps(1)
		List<String> arguments = List.of("subprocess-guardian", String.valueOf(ProcessHandle.current().pid()));
		return new SpawnPlan(List.of(program), arguments, List.of(), "/", SessionMode.NEW_SESSION, 0,
				List.of(new DescriptorMapping(lifeline, 0)), ChildAttributes.none(), null, null);
	}

	/**
	 * Let the reactor tell of its end. Where there are no pidfds, the next word to it
	 * does.
	 * @param reactor the reactor
	 * @param onEnd what to run then
	 * @throws SystemCallFailure if the kernel refuses
	 */
	void watchWith(Reactor reactor, Runnable onEnd) throws SystemCallFailure {
		if (this.child.hasPidfd()) {
			this.watch = reactor.watch(this.child.pidfd(), Interest.READ, onEnd);
		}
	}

	int pid() {
		return this.child.pid();
	}

	boolean hasRunFor(Duration duration) {
		return System.nanoTime() - this.started >= duration.toNanos();
	}

	/**
	 * Tell it about a group.
	 * @param operation what to do with it
	 * @param group the group
	 * @throws SystemCallFailure if it does not listen any more
	 */
	void tell(Operation operation, int group) throws SystemCallFailure {
		this.record.clear().putInt(operation.number).putInt(group).flip();
		long begun = System.nanoTime();
		boolean interrupted = false;
		try {
			// so little is written whole or not at all (pipe(7))
			while (this.system.descriptors().write(this.lifeline, this.record) == DescriptorIo.WOULD_BLOCK) {
				if (System.nanoTime() - begun >= LONGEST_WAIT.toNanos()) {
					throw new SystemCallFailure("write", EAGAIN, "EAGAIN", "it does not read its full pipe");
				}
				LockSupport.parkNanos(PAUSE_NANOS);
				interrupted |= Thread.interrupted();
			}
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	/**
	 * End it without its ending anybody else, or clear away what has ended: nothing of it
	 * is left.
	 * @return how it ended, {@code null} where nobody knows
	 */
	@Nullable ExitRecord end() {
		kill();
		ExitRecord exit = AbandonedChild.reap(this.system, this.child);
		if (this.watch != null) {
			this.watch.forget();
		}
		if (this.child.hasPidfd()) {
			this.system.descriptors().close(this.child.pidfd());
		}
		// not before its end, which this would be the sign for
		this.system.descriptors().close(this.lifeline);
		return exit;
	}

	/**
	 * Tried twice: without its end the end of the lifeline would make it act.
	 */
	private void kill() {
		for (int tries = 0; tries < 2; tries++) {
			try {
				ChildSignal.send(this.system.spawner(), this.child, ProcessSignal.KILL);
				return;
			}
			catch (SystemCallFailure ex) {
				// ESRCH: it has ended
			}
		}
	}

	/**
	 * What can be said about a group.
	 */
	enum Operation {

		/**
		 * It exists now, and is to be ended.
		 */
		WATCH(1),

		/**
		 * It is not any more. To be said before its leader is reaped: afterwards the
		 * number may be somebody else's.
		 */
		FORGET(2);

		private final int number;

		Operation(int number) {
			this.number = number;
		}

	}

}
