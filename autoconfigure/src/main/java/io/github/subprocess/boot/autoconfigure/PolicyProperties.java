// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.IgnoredSignals;
import io.github.subprocess.policy.OnInterrupt;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.TerminalMode;
import io.github.subprocess.policy.TerminationScope;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * What processes may inherit, use and say, and how they are ended.
 *
 * @since 0.1.0
 */
public class PolicyProperties {

	/**
	 * Comma-separated list of the program and its first arguments. Not allowed in the
	 * defaults.
	 */
	private @Nullable List<String> command;

	/**
	 * Name of the policy that this one is based on: what this one leaves undecided is
	 * taken from there.
	 */
	private @Nullable String base;

	/**
	 * Way of birth; the best one that works unless set.
	 */
	private @Nullable SpawnMechanism mechanism;

	@NestedConfigurationProperty
	private final CgroupProperties cgroup = new CgroupProperties();

	@NestedConfigurationProperty
	private final LimitsProperties limits = new LimitsProperties();

	/**
	 * File mode creation mask, four octal digits in quotes, as '0027'.
	 */
	private @Nullable String umask;

	private final Credentials credentials = new Credentials();

	@NestedConfigurationProperty
	private final SandboxProperties sandbox = new SandboxProperties();

	private final Terminal terminal = new Terminal();

	private final Guard guard = new Guard();

	/**
	 * Signal that the process gets when the JVM dies without having ended it.
	 */
	private @Nullable ProcessSignal deathSignal;

	/**
	 * Whether set-user-id programs give the process no power.
	 */
	private @Nullable Boolean noNewPrivileges;

	/**
	 * What becomes of signals that the JVM ignores.
	 */
	private @Nullable IgnoredSignals ignoredSignals;

	/**
	 * Comma-separated list of what the process can be started without if the platform
	 * refuses it.
	 */
	private @Nullable Set<Attribute> bestEffort;

	private final Descriptors descriptors = new Descriptors();

	/**
	 * Whose session and process group a process belongs to. Only a process with a group
	 * of its own can be ended together with its descendants.
	 */
	private @Nullable SessionMode session;

	/**
	 * Directory in which a process starts. If not set, the one of the JVM.
	 */
	private @Nullable Path workingDirectory;

	private final Environment environment = new Environment();

	private final Deadlines deadlines = new Deadlines();

	private final Concurrency concurrency = new Concurrency();

	private final Termination termination = new Termination();

	@NestedConfigurationProperty
	private final OutputProperties output = new OutputProperties();

	@NestedConfigurationProperty
	private final ObservabilityProperties observability = new ObservabilityProperties();

	/**
	 * Comma-separated list of the exit codes that count as success, or empty for all.
	 */
	private @Nullable Set<Integer> successExitCodes;

	public @Nullable List<String> getCommand() {
		return this.command;
	}

	public void setCommand(@Nullable List<String> command) {
		this.command = command;
	}

	public @Nullable String getBase() {
		return this.base;
	}

	public void setBase(@Nullable String base) {
		this.base = base;
	}

	public @Nullable SpawnMechanism getMechanism() {
		return this.mechanism;
	}

	public void setMechanism(@Nullable SpawnMechanism mechanism) {
		this.mechanism = mechanism;
	}

	public CgroupProperties getCgroup() {
		return this.cgroup;
	}

	public @Nullable String getUmask() {
		return this.umask;
	}

	public void setUmask(@Nullable String umask) {
		this.umask = umask;
	}

	public @Nullable ProcessSignal getDeathSignal() {
		return this.deathSignal;
	}

	public void setDeathSignal(@Nullable ProcessSignal deathSignal) {
		this.deathSignal = deathSignal;
	}

	public @Nullable Boolean getNoNewPrivileges() {
		return this.noNewPrivileges;
	}

	public void setNoNewPrivileges(@Nullable Boolean noNewPrivileges) {
		this.noNewPrivileges = noNewPrivileges;
	}

	public @Nullable IgnoredSignals getIgnoredSignals() {
		return this.ignoredSignals;
	}

	public void setIgnoredSignals(@Nullable IgnoredSignals ignoredSignals) {
		this.ignoredSignals = ignoredSignals;
	}

	public @Nullable Set<Attribute> getBestEffort() {
		return this.bestEffort;
	}

	public void setBestEffort(@Nullable Set<Attribute> bestEffort) {
		this.bestEffort = bestEffort;
	}

	public LimitsProperties getLimits() {
		return this.limits;
	}

	public Terminal getTerminal() {
		return this.terminal;
	}

	public Guard getGuard() {
		return this.guard;
	}

	public SandboxProperties getSandbox() {
		return this.sandbox;
	}

	public Credentials getCredentials() {
		return this.credentials;
	}

	public Descriptors getDescriptors() {
		return this.descriptors;
	}

	public @Nullable SessionMode getSession() {
		return this.session;
	}

	public void setSession(@Nullable SessionMode session) {
		this.session = session;
	}

	public @Nullable Path getWorkingDirectory() {
		return this.workingDirectory;
	}

	public void setWorkingDirectory(@Nullable Path workingDirectory) {
		this.workingDirectory = workingDirectory;
	}

	public Environment getEnvironment() {
		return this.environment;
	}

	public Deadlines getDeadlines() {
		return this.deadlines;
	}

	public Concurrency getConcurrency() {
		return this.concurrency;
	}

	public Termination getTermination() {
		return this.termination;
	}

	public OutputProperties getOutput() {
		return this.output;
	}

	public ObservabilityProperties getObservability() {
		return this.observability;
	}

	public @Nullable Set<Integer> getSuccessExitCodes() {
		return this.successExitCodes;
	}

	public void setSuccessExitCodes(@Nullable Set<Integer> successExitCodes) {
		this.successExitCodes = successExitCodes;
	}

	/**
	 * Which descriptors of the JVM a process gets besides its standard streams.
	 */
	public static class Descriptors {

		/**
		 * What happens to the descriptors of the JVM that are not kept by number.
		 */
		private DescriptorPolicy.@Nullable Mode mode;

		/**
		 * Comma-separated list of the descriptors, 3 and higher, that a process gets
		 * under the same number.
		 */
		private @Nullable List<Integer> keep;

		/**
		 * More descriptors of the JVM, by the number, 3 and higher, that a process gets
		 * each of them under.
		 */
		private @Nullable Map<Integer, Integer> map;

		public DescriptorPolicy.@Nullable Mode getMode() {
			return this.mode;
		}

		public void setMode(DescriptorPolicy.@Nullable Mode mode) {
			this.mode = mode;
		}

		public @Nullable List<Integer> getKeep() {
			return this.keep;
		}

		public void setKeep(@Nullable List<Integer> keep) {
			this.keep = keep;
		}

		public @Nullable Map<Integer, Integer> getMap() {
			return this.map;
		}

		public void setMap(@Nullable Map<Integer, Integer> map) {
			this.map = map;
		}

	}

	/**
	 * The environment, built from nothing.
	 */
	public static class Environment {

		/**
		 * Comma-separated list of the variables that a process gets from the JVM; an
		 * asterisk stands for any characters.
		 */
		private @Nullable List<String> inherit;

		/**
		 * Variables to set. Variables of a policy are merged with those of the defaults.
		 */
		private @Nullable Map<String, String> set;

		/**
		 * Comma-separated list of variables that the process does not get although they
		 * match what is inherited. A * stands for any characters.
		 */
		private @Nullable List<String> unset;

		public @Nullable List<String> getInherit() {
			return this.inherit;
		}

		public void setInherit(@Nullable List<String> inherit) {
			this.inherit = inherit;
		}

		public @Nullable List<String> getUnset() {
			return this.unset;
		}

		public void setUnset(@Nullable List<String> unset) {
			this.unset = unset;
		}

		public @Nullable Map<String, String> getSet() {
			return this.set;
		}

		public void setSet(@Nullable Map<String, String> set) {
			this.set = set;
		}

	}

	/**
	 * With whose rights a process runs.
	 */
	public static class Credentials {

		/**
		 * Name or number of the user whose rights the process has. Decide on groups too.
		 */
		private @Nullable String user;

		/**
		 * Name or number of the group; that of the user unless set.
		 */
		private @Nullable String group;

		/**
		 * Comma-separated list of supplementary groups by name or number; or none,
		 * of-user or inherited alone.
		 */
		private @Nullable List<String> groups;

		public @Nullable String getUser() {
			return this.user;
		}

		public void setUser(@Nullable String user) {
			this.user = user;
		}

		public @Nullable String getGroup() {
			return this.group;
		}

		public void setGroup(@Nullable String group) {
			this.group = group;
		}

		public @Nullable List<String> getGroups() {
			return this.groups;
		}

		public void setGroups(@Nullable List<String> groups) {
			this.groups = groups;
		}

	}

	/**
	 * How long each stretch of a life may take. Zero stands for no limit.
	 */
	public static class Deadlines {

		/**
		 * Longest time from the request until the program runs. If a duration suffix is
		 * not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration start;

		/**
		 * Longest time that a process may run, from its birth. If a duration suffix is
		 * not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration wall;

		/**
		 * Longest time without output on the streams that are read. If a duration suffix
		 * is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration idle;

		/**
		 * Most CPU time that a process and its group may use. If a duration suffix is not
		 * specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration cpu;

		/**
		 * Time for which output is read on after a process has ended while another
		 * process holds it open. If a duration suffix is not specified, seconds will be
		 * used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration drain;

		public @Nullable Duration getStart() {
			return this.start;
		}

		public void setStart(@Nullable Duration start) {
			this.start = start;
		}

		public @Nullable Duration getWall() {
			return this.wall;
		}

		public void setWall(@Nullable Duration wall) {
			this.wall = wall;
		}

		public @Nullable Duration getIdle() {
			return this.idle;
		}

		public void setIdle(@Nullable Duration idle) {
			this.idle = idle;
		}

		public @Nullable Duration getCpu() {
			return this.cpu;
		}

		public void setCpu(@Nullable Duration cpu) {
			this.cpu = cpu;
		}

		public @Nullable Duration getDrain() {
			return this.drain;
		}

		public void setDrain(@Nullable Duration drain) {
			this.drain = drain;
		}

	}

	/**
	 * How many processes live at once.
	 */
	public static class Concurrency {

		/**
		 * Number of processes that may live at once, or zero for no limit.
		 */
		private @Nullable Integer limit;

		/**
		 * Number of launches that may wait for a place. Those beyond are rejected.
		 */
		private @Nullable Integer queue;

		/**
		 * Longest time that a launch waits for a place, or zero for no limit. If a
		 * duration suffix is not specified, seconds will be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration maxWait;

		public @Nullable Integer getLimit() {
			return this.limit;
		}

		public void setLimit(@Nullable Integer limit) {
			this.limit = limit;
		}

		public @Nullable Integer getQueue() {
			return this.queue;
		}

		public void setQueue(@Nullable Integer queue) {
			this.queue = queue;
		}

		public @Nullable Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(@Nullable Duration maxWait) {
			this.maxWait = maxWait;
		}

	}

	/**
	 * How a process is ended from this side.
	 */
	public static class Termination {

		/**
		 * Signal that asks a process and its group to end.
		 */
		private @Nullable ProcessSignal signal;

		/**
		 * Time after that signal until SIGKILL is sent. Must be shorter than the shutdown
		 * phase of the application. If a duration suffix is not specified, seconds will
		 * be used.
		 */
		@DurationUnit(ChronoUnit.SECONDS)
		private @Nullable Duration gracePeriod;

		/**
		 * Who is ended together with a process.
		 */
		private @Nullable TerminationScope scope;

		/**
		 * What becomes of a process when a thread is interrupted that waits for it.
		 */
		private @Nullable OnInterrupt onInterrupt;

		public @Nullable ProcessSignal getSignal() {
			return this.signal;
		}

		public void setSignal(@Nullable ProcessSignal signal) {
			this.signal = signal;
		}

		public @Nullable Duration getGracePeriod() {
			return this.gracePeriod;
		}

		public void setGracePeriod(@Nullable Duration gracePeriod) {
			this.gracePeriod = gracePeriod;
		}

		public @Nullable TerminationScope getScope() {
			return this.scope;
		}

		public void setScope(@Nullable TerminationScope scope) {
			this.scope = scope;
		}

		public @Nullable OnInterrupt getOnInterrupt() {
			return this.onInterrupt;
		}

		public void setOnInterrupt(@Nullable OnInterrupt onInterrupt) {
			this.onInterrupt = onInterrupt;
		}

	}

	/**
	 * A terminal of its own.
	 */
	public static class Terminal {

		/**
		 * Whether the process has a pseudo-terminal of its own as its standard streams
		 * and as the controlling terminal of its session.
		 */
		private @Nullable Boolean enabled;

		/**
		 * Number of rows of the terminal, 24 unless set.
		 */
		private @Nullable Integer rows;

		/**
		 * Number of columns of the terminal, 80 unless set.
		 */
		private @Nullable Integer columns;

		/**
		 * How the terminal treats what is written to it, cooked unless set.
		 */
		private @Nullable TerminalMode mode;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Integer getRows() {
			return this.rows;
		}

		public void setRows(@Nullable Integer rows) {
			this.rows = rows;
		}

		public @Nullable Integer getColumns() {
			return this.columns;
		}

		public void setColumns(@Nullable Integer columns) {
			this.columns = columns;
		}

		public @Nullable TerminalMode getMode() {
			return this.mode;
		}

		public void setMode(@Nullable TerminalMode mode) {
			this.mode = mode;
		}

	}

	/**
	 * What a launch that somebody else has a say in cannot do.
	 */
	public static class Guard {

		/**
		 * Comma-separated list of absolute paths of programs, and of folders of programs,
		 * that can be launched.
		 */
		private @Nullable List<Path> allowedPrograms;

		/**
		 * Whether the program and the folders above it must belong to root or to the user
		 * of the JVM and be writable to nobody else.
		 */
		private @Nullable Boolean checkProgram;

		/**
		 * Whether the file that has been checked, as check-program does it, is executed
		 * by its descriptor so that no other can take its place. Excludes scripts.
		 */
		private @Nullable Boolean pinProgram;

		/**
		 * Number of arguments that a launch can have.
		 */
		private @Nullable Integer maxArguments;

		/**
		 * Size of all arguments of a launch together.
		 */
		private @Nullable DataSize maxArgumentSize;

		/**
		 * Absolute path of the folder that no working directory can be outside of.
		 */
		private @Nullable Path workingDirectoryRoot;

		public @Nullable List<Path> getAllowedPrograms() {
			return this.allowedPrograms;
		}

		public void setAllowedPrograms(@Nullable List<Path> allowedPrograms) {
			this.allowedPrograms = allowedPrograms;
		}

		public @Nullable Boolean getCheckProgram() {
			return this.checkProgram;
		}

		public void setCheckProgram(@Nullable Boolean checkProgram) {
			this.checkProgram = checkProgram;
		}

		public @Nullable Boolean getPinProgram() {
			return this.pinProgram;
		}

		public void setPinProgram(@Nullable Boolean pinProgram) {
			this.pinProgram = pinProgram;
		}

		public @Nullable Integer getMaxArguments() {
			return this.maxArguments;
		}

		public void setMaxArguments(@Nullable Integer maxArguments) {
			this.maxArguments = maxArguments;
		}

		public @Nullable DataSize getMaxArgumentSize() {
			return this.maxArgumentSize;
		}

		public void setMaxArgumentSize(@Nullable DataSize maxArgumentSize) {
			this.maxArgumentSize = maxArgumentSize;
		}

		public @Nullable Path getWorkingDirectoryRoot() {
			return this.workingDirectoryRoot;
		}

		public void setWorkingDirectoryRoot(@Nullable Path workingDirectoryRoot) {
			this.workingDirectoryRoot = workingDirectoryRoot;
		}

	}

}
