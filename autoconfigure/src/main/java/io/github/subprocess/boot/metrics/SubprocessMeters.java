// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.metrics;

import java.util.Locale;

import io.micrometer.common.docs.KeyName;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.docs.MeterDocumentation;
import org.jspecify.annotations.Nullable;

/**
 * The meters of processes. Each always carries all of its keys, and all keys have few
 * values: policies are configured, steps and errors are finite.
 *
 * @since 0.1.0
 */
public enum SubprocessMeters implements MeterDocumentation {

	/**
	 * Time from the call until the program runs, or until it is known that it cannot.
	 */
	SPAWN("subprocess.spawn", Meter.Type.TIMER, null,
			"Time from the call until the program runs, or until it is known that it cannot, without the wait for a "
					+ "place",
			Keys.POLICY, Keys.OUTCOME, Keys.MECHANISM),

	/**
	 * Programs that could not be started.
	 */
	SPAWN_FAILURES("subprocess.spawn.failures", Meter.Type.COUNTER, null, "Programs that could not be started",
			Keys.POLICY, Keys.STEP, Keys.ERRNO),

	/**
	 * Attributes that programs were refused and were started without.
	 */
	SPAWN_WARNINGS("subprocess.spawn.warnings", Meter.Type.COUNTER, null,
			"Attributes that programs were refused and were started without", Keys.POLICY, Keys.STEP, Keys.ERRNO),

	/**
	 * Processes that have not ended.
	 */
	LIVE("subprocess.live", Meter.Type.GAUGE, "processes", "Processes that have not ended", Keys.POLICY),

	/**
	 * Live processes and their descendants.
	 */
	TREE("subprocess.tree", Meter.Type.GAUGE, "processes", "Live processes and their descendants", Keys.POLICY),

	/**
	 * Memory of live processes and their descendants.
	 */
	RESIDENT("subprocess.resident", Meter.Type.GAUGE, "bytes",
			"Memory that live processes and their descendants have in RAM, pages that several share counted for each",
			Keys.POLICY),

	/**
	 * Age of the oldest live process.
	 */
	AGE_MAX("subprocess.age.max", Meter.Type.GAUGE, null, "Time since the oldest live process was started",
			Keys.POLICY),

	/**
	 * Longest silence of a live process.
	 */
	SILENCE_MAX("subprocess.silence.max", Meter.Type.GAUGE, null,
			"Longest time that a live process has written nothing, of those whose output the JVM reads", Keys.POLICY),

	/**
	 * Live processes whose time is over.
	 */
	OVERDUE("subprocess.overdue", Meter.Type.GAUGE, "processes",
			"Live processes that should have ended: their wall deadline has passed", Keys.POLICY),

	/**
	 * Launches that wait for a place.
	 */
	QUEUED("subprocess.queued", Meter.Type.GAUGE, "launches", "Launches that wait for a place", Keys.POLICY),

	/**
	 * Time that launches waited for a place.
	 */
	QUEUE_WAIT("subprocess.queue.wait", Meter.Type.TIMER, null,
			"Time that a launch waited for its place, or until it was rejected", Keys.POLICY, Keys.OUTCOME),

	/**
	 * Time for which no place has come free.
	 */
	BLOCKED("subprocess.blocked", Meter.Type.GAUGE, null,
			"Time for which launches have found no place while none came free", Keys.POLICY),

	/**
	 * Processes of a policy that may live at once, where the policy has a limit.
	 */
	LIMIT("subprocess.limit", Meter.Type.GAUGE, "processes",
			"Processes that may live at once, for each policy with a limit", Keys.POLICY),

	/**
	 * Launches that were refused before anything was tried.
	 */
	REJECTIONS("subprocess.rejections", Meter.Type.COUNTER, null,
			"Launches that were refused before anything was tried", Keys.POLICY, Keys.REASON),

	/**
	 * Processes that have ended.
	 */
	EXITS("subprocess.exits", Meter.Type.COUNTER, null, "Processes that have ended", Keys.POLICY, Keys.OUTCOME),

	/**
	 * Processes that were ended from this side.
	 */
	TERMINATIONS("subprocess.terminations", Meter.Type.COUNTER, null, "Processes that were ended from this side",
			Keys.POLICY, Keys.REASON, Keys.SIGNAL),

	/**
	 * Others of the group or tree of a process that were to be ended with it and live on.
	 */
	LEFT_OVERS("subprocess.left.overs", Meter.Type.COUNTER, null,
			"Others of the group or tree of a process that were to be ended with it and live on", Keys.POLICY,
			Keys.REASON),

	/**
	 * CPU time of a process and of the children that it waited for.
	 */
	CPU_TIME("subprocess.cpu.time", Meter.Type.TIMER, null,
			"CPU time of a process and of the children that it waited for, when it has ended", Keys.POLICY),

	/**
	 * The largest resident set size of a process.
	 */
	MEMORY_MAX("subprocess.memory.max", Meter.Type.DISTRIBUTION_SUMMARY, "bytes",
			"Largest resident set size of a process, when it has ended", Keys.POLICY, Keys.EXACT),

	/**
	 * What the JVM wrote to the standard input of processes.
	 */
	INPUT("subprocess.input", Meter.Type.COUNTER, "bytes",
			"What the pipes to the standard input of processes took, when they have ended", Keys.POLICY),

	/**
	 * What processes wrote and the JVM read.
	 */
	OUTPUT("subprocess.output", Meter.Type.COUNTER, "bytes",
			"What processes wrote and the JVM read, when they have ended", Keys.POLICY, Keys.STREAM),

	/**
	 * What was beyond what the policy keeps of a captured stream.
	 */
	OUTPUT_DROPPED("subprocess.output.dropped", Meter.Type.COUNTER, "bytes",
			"What of that was captured and not kept, since the policy keeps less", Keys.POLICY, Keys.STREAM),

	/**
	 * Whether the launcher launches.
	 */
	LAUNCHER("subprocess.launcher", Meter.Type.GAUGE, null, "1 for the state that the launcher is in, otherwise 0",
			Keys.STATE),

	/**
	 * Memory in the cgroups of live processes.
	 */
	CGROUP_MEMORY("subprocess.cgroup.memory", Meter.Type.GAUGE, "bytes",
			"Memory that the cgroups of live processes use together, for each policy with cgroup.parent; NaN where "
					+ "the kernel does not tell",
			Keys.POLICY),

	/**
	 * Processes and threads in the cgroups of live processes.
	 */
	CGROUP_PIDS("subprocess.cgroup.pids", Meter.Type.GAUGE, "tasks",
			"Processes and threads in the cgroups of live processes, for each policy with cgroup.parent; NaN where "
					+ "the kernel does not tell",
			Keys.POLICY),

	/**
	 * The most memory that a cgroup used at once.
	 */
	CGROUP_MEMORY_PEAK("subprocess.cgroup.memory.peak", Meter.Type.DISTRIBUTION_SUMMARY, "bytes",
			"The most memory that the cgroup of a process used at once, when the process has ended", Keys.POLICY),

	/**
	 * CPU time of a cgroup.
	 */
	CGROUP_CPU_TIME("subprocess.cgroup.cpu.time", Meter.Type.TIMER, null,
			"CPU time of all in the cgroup of a process, when the process has ended", Keys.POLICY),

	/**
	 * Time that a cgroup was held back.
	 */
	CGROUP_CPU_THROTTLED("subprocess.cgroup.cpu.throttled", Meter.Type.TIMER, null,
			"Time that the cgroup of a process was held back by cgroup.cpu-max, when the process has ended",
			Keys.POLICY),

	/**
	 * Members of cgroups that the kernel killed for their memory.
	 */
	CGROUP_OOM_KILLS("subprocess.cgroup.oom.kills", Meter.Type.COUNTER, null,
			"Processes in the cgroups of processes that the kernel killed for their memory", Keys.POLICY),

	/**
	 * Forks that failed since a cgroup was full.
	 */
	CGROUP_PIDS_REFUSED("subprocess.cgroup.pids.refused", Meter.Type.COUNTER, null,
			"Forks that failed since there were too many processes in the cgroup of a process", Keys.POLICY);

	private final String name;

	private final Meter.Type type;

	private final @Nullable String unit;

	private final String description;

	// nobody is given the array itself
	@SuppressWarnings("ImmutableEnumChecker")
	private final Keys[] keys;

	SubprocessMeters(String name, Meter.Type type, @Nullable String unit, String description, Keys... keys) {
		this.name = name;
		this.type = type;
		this.unit = unit;
		this.description = description;
		this.keys = keys;
	}

	@Override
	public String getName() {
		return this.name;
	}

	@Override
	public Meter.Type getType() {
		return this.type;
	}

	// null for times, whose unit is up to the registry, and for what is just counted
	@Override
	public @Nullable String getBaseUnit() {
		return this.unit;
	}

	@Override
	public KeyName[] getKeyNames() {
		return this.keys.clone();
	}

	/**
	 * Return what is measured.
	 * @return the description that the meter has in a registry
	 */
	public String description() {
		return this.description;
	}

	/**
	 * The keys of the meters.
	 */
	public enum Keys implements KeyName {

		/**
		 * Name of the policy, {@code none} for ad-hoc commands.
		 */
		POLICY("name of the policy, `none` for ad-hoc commands"),

		/**
		 * What became of it.
		 */
		OUTCOME("`SUCCESS` or `ERROR`; of `subprocess.exits` `SUCCESS`, `FAILURE`, `SIGNALLED`, `TIMEOUT`, "
				+ "`IDLE_TIMEOUT`, `CPU_TIMEOUT`, `CANCELLED`"),

		/**
		 * Why.
		 */
		REASON("of a rejection `queue-full`, `max-wait`, `stopped` or a guard, such as `guard.allowed-programs`; of a termination `timeout`, `idle-timeout`, "
				+ "`cpu-timeout`, `cancel`, `application-failure`, `pipeline`, `operator`, `shutdown`; of a left-over "
				+ "`survived`, `not-permitted`, `not-adopted`"),

		/**
		 * The signal that ended the process.
		 */
		SIGNAL("signal that ended it, such as `SIGTERM` or `SIGKILL`; `none`: it called exit"),

		/**
		 * How the process was born.
		 */
		MECHANISM("`vfork`, `fork` or `posix-spawn`; `none` if it was not born"),

		/**
		 * Step that failed or was refused.
		 */
		STEP("step that failed or was refused, such as `exec` or `nice`"),

		/**
		 * Name of the error.
		 */
		ERRNO("name of the error, such as `ENOENT`; `none` if the process was killed before exec"),

		/**
		 * Whether a size is exact.
		 */
		EXACT("`false`: the program never needed more than the JVM, whose size this is"),

		/**
		 * Which stream.
		 */
		STREAM("`stdout`, `stderr`"),

		/**
		 * State of the launcher.
		 */
		STATE("`accepting`; `stopped`; `broken` when nothing can watch processes any more, or without a native core");

		private final String description;

		Keys(String description) {
			this.description = description;
		}

		@Override
		public String asString() {
			return name().toLowerCase(Locale.ROOT);
		}

		/**
		 * Return what the key tells.
		 * @return a few words of Markdown
		 */
		public String description() {
			return this.description;
		}

	}

}
