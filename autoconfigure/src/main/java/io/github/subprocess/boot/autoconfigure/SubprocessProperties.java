// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.Attribute;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.IgnoredSignals;
import io.github.subprocess.policy.NetworkAccess;
import io.github.subprocess.policy.OnInterrupt;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.SystemCallGroup;
import io.github.subprocess.policy.TerminationScope;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.convert.DurationUnit;
import org.springframework.util.unit.DataSize;

/**
 * Properties of subprocesses. A key that is not known fails the start of the application,
 * lest a misspelt limit is no limit.
 *
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = SubprocessProperties.PREFIX, ignoreUnknownFields = false)
public class SubprocessProperties {

	static final String PREFIX = "subprocess";

	/**
	 * Whether to auto-configure a process launcher.
	 */
	private boolean enabled = true;

	/**
	 * What becomes of the start of the application when policies need paths, users,
	 * rights or kernel features that are not there.
	 */
	private Validate validate = Validate.FAIL;

	/**
	 * Native core to load instead of the one in the jar. Nothing else is tried if it
	 * cannot be loaded.
	 */
	private @Nullable Path nativeLibrary;

	/**
	 * Number of ended processes to remember.
	 */
	private int recentCapacity = 100;

	/**
	 * Whether to end processes with their groups when the JVM dies without having ended
	 * them, by means of a small program beside it.
	 */
	private boolean guardian;

	/**
	 * Whether descendants of processes that lose their parents become children of the
	 * JVM, to be ended with their tree and reaped. Holds for the whole JVM.
	 */
	private boolean adoptOrphans;

	private final Concurrency concurrency = new Concurrency();

	private final Policy defaults = new Policy();

	/**
	 * Named policies. What a policy leaves undecided is taken from the defaults.
	 */
	private final Map<String, Policy> policy = new LinkedHashMap<>();

	public boolean isEnabled() {
		return this.enabled;
	}

	public void setEnabled(boolean enabled) {
		this.enabled = enabled;
	}

	public Validate getValidate() {
		return this.validate;
	}

	public void setValidate(Validate validate) {
		this.validate = validate;
	}

	public @Nullable Path getNativeLibrary() {
		return this.nativeLibrary;
	}

	public void setNativeLibrary(@Nullable Path nativeLibrary) {
		this.nativeLibrary = nativeLibrary;
	}

	public int getRecentCapacity() {
		return this.recentCapacity;
	}

	public void setRecentCapacity(int recentCapacity) {
		this.recentCapacity = recentCapacity;
	}

	public boolean isGuardian() {
		return this.guardian;
	}

	public void setGuardian(boolean guardian) {
		this.guardian = guardian;
	}

	public boolean isAdoptOrphans() {
		return this.adoptOrphans;
	}

	public void setAdoptOrphans(boolean adoptOrphans) {
		this.adoptOrphans = adoptOrphans;
	}

	public Concurrency getConcurrency() {
		return this.concurrency;
	}

	public Policy getDefaults() {
		return this.defaults;
	}

	public Map<String, Policy> getPolicy() {
		return this.policy;
	}

	/**
	 * What becomes of the start of an application whose policies cannot be met.
	 */
	public enum Validate {

		/**
		 * It fails with a report of all that is missing.
		 */
		FAIL,

		/**
		 * The report is logged, and the application starts. Launches under these policies
		 * fail until what is missing is there. Parts of sandboxes that the kernel lacks
		 * fail the start nevertheless.
		 */
		WARN

	}

	/**
	 * What processes may inherit, use and say, and how they are ended.
	 */
	public static class Policy {

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

		/**
		 * Absolute path of the existing cgroup of version 2 that the process joins.
		 */
		private @Nullable Path cgroup;

		private final Limits limits = new Limits();

		/**
		 * File mode creation mask, four octal digits in quotes, as '0027'.
		 */
		private @Nullable String umask;

		private final Credentials credentials = new Credentials();

		private final Sandbox sandbox = new Sandbox();

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
		 * Whose session and process group a process belongs to. Only a process with a
		 * group of its own can be ended together with its descendants.
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

		private final Output output = new Output();

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

		public @Nullable Path getCgroup() {
			return this.cgroup;
		}

		public void setCgroup(@Nullable Path cgroup) {
			this.cgroup = cgroup;
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

		public Limits getLimits() {
			return this.limits;
		}

		public Guard getGuard() {
			return this.guard;
		}

		public Sandbox getSandbox() {
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

		public Output getOutput() {
			return this.output;
		}

		public @Nullable Set<Integer> getSuccessExitCodes() {
			return this.successExitCodes;
		}

		public void setSuccessExitCodes(@Nullable Set<Integer> successExitCodes) {
			this.successExitCodes = successExitCodes;
		}

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
	 * What is kept of the output.
	 */
	public static class Output {

		/**
		 * Size up to which each captured stream is kept. What is beyond is read, counted
		 * and dropped in the middle.
		 */
		private @Nullable DataSize maxSize;

		/**
		 * Size of the pipes to and from a process, as far as the kernel allows it.
		 */
		private @Nullable DataSize pipeSize;

		public @Nullable DataSize getMaxSize() {
			return this.maxSize;
		}

		public void setMaxSize(@Nullable DataSize maxSize) {
			this.maxSize = maxSize;
		}

		public @Nullable DataSize getPipeSize() {
			return this.pipeSize;
		}

		public void setPipeSize(@Nullable DataSize pipeSize) {
			this.pipeSize = pipeSize;
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
	 * What a process may use.
	 */
	public static class Limits {

		/**
		 * Address space of a process, as 2GB, unlimited or soft:hard.
		 */
		private @Nullable String addressSpace;

		/**
		 * Largest core file, as 0, 100MB, unlimited or soft:hard.
		 */
		private @Nullable String coreSize;

		/**
		 * CPU time of a process, in whole seconds unless a duration suffix is specified,
		 * as 30s, unlimited or soft:hard. At the soft limit it gets SIGXCPU, at the hard
		 * one SIGKILL.
		 */
		private @Nullable String cpuTime;

		/**
		 * Data segment of a process, as 1GB, unlimited or soft:hard.
		 */
		private @Nullable String data;

		/**
		 * Number of file locks, as 100, unlimited or soft:hard.
		 */
		private @Nullable String fileLocks;

		/**
		 * Largest file that can be written, as 1GB, unlimited or soft:hard. Beyond it a
		 * process gets SIGXFSZ.
		 */
		private @Nullable String fileSize;

		/**
		 * Memory that can be locked, as 64KB, unlimited or soft:hard.
		 */
		private @Nullable String lockedMemory;

		/**
		 * Bytes in POSIX message queues of the user, as 800KB, unlimited or soft:hard.
		 */
		private @Nullable String messageQueues;

		/**
		 * Ceiling of the nice value, as 20 minus the value, unlimited or soft:hard.
		 */
		private @Nullable String niceCeiling;

		/**
		 * Number of open descriptors of a process, as 256, unlimited or soft:hard.
		 */
		private @Nullable String openFiles;

		/**
		 * Number of pending signals of the user, as 1000, unlimited or soft:hard.
		 */
		private @Nullable String pendingSignals;

		/**
		 * Number of processes and threads of the user, as 100, unlimited or soft:hard.
		 */
		private @Nullable String processes;

		/**
		 * Ceiling of the real-time priority, as 0, unlimited or soft:hard.
		 */
		private @Nullable String realtimePriority;

		/**
		 * CPU time without a blocking call under real-time scheduling, in microseconds
		 * unless a duration suffix is specified, as 100ms, unlimited or soft:hard.
		 */
		private @Nullable String realtimeTime;

		/**
		 * Resident set, which Linux does not enforce, as 1GB, unlimited or soft:hard.
		 */
		private @Nullable String residentSet;

		/**
		 * Stack of the main thread, as 8MB, unlimited or soft:hard.
		 */
		private @Nullable String stack;

		/**
		 * Nice value, from -20 to 19.
		 */
		private @Nullable Integer nice;

		/**
		 * Out-of-memory score adjustment, from -1000 to 1000.
		 */
		private @Nullable Integer oomScore;

		/**
		 * Comma-separated list of the processors that may be used, counted from 0.
		 */
		private @Nullable Set<Integer> affinity;

		public @Nullable String getAddressSpace() {
			return this.addressSpace;
		}

		public void setAddressSpace(@Nullable String addressSpace) {
			this.addressSpace = addressSpace;
		}

		public @Nullable String getCoreSize() {
			return this.coreSize;
		}

		public void setCoreSize(@Nullable String coreSize) {
			this.coreSize = coreSize;
		}

		public @Nullable String getCpuTime() {
			return this.cpuTime;
		}

		public void setCpuTime(@Nullable String cpuTime) {
			this.cpuTime = cpuTime;
		}

		public @Nullable String getData() {
			return this.data;
		}

		public void setData(@Nullable String data) {
			this.data = data;
		}

		public @Nullable String getFileLocks() {
			return this.fileLocks;
		}

		public void setFileLocks(@Nullable String fileLocks) {
			this.fileLocks = fileLocks;
		}

		public @Nullable String getFileSize() {
			return this.fileSize;
		}

		public void setFileSize(@Nullable String fileSize) {
			this.fileSize = fileSize;
		}

		public @Nullable String getLockedMemory() {
			return this.lockedMemory;
		}

		public void setLockedMemory(@Nullable String lockedMemory) {
			this.lockedMemory = lockedMemory;
		}

		public @Nullable String getMessageQueues() {
			return this.messageQueues;
		}

		public void setMessageQueues(@Nullable String messageQueues) {
			this.messageQueues = messageQueues;
		}

		public @Nullable String getNiceCeiling() {
			return this.niceCeiling;
		}

		public void setNiceCeiling(@Nullable String niceCeiling) {
			this.niceCeiling = niceCeiling;
		}

		public @Nullable String getOpenFiles() {
			return this.openFiles;
		}

		public void setOpenFiles(@Nullable String openFiles) {
			this.openFiles = openFiles;
		}

		public @Nullable String getPendingSignals() {
			return this.pendingSignals;
		}

		public void setPendingSignals(@Nullable String pendingSignals) {
			this.pendingSignals = pendingSignals;
		}

		public @Nullable String getProcesses() {
			return this.processes;
		}

		public void setProcesses(@Nullable String processes) {
			this.processes = processes;
		}

		public @Nullable String getRealtimePriority() {
			return this.realtimePriority;
		}

		public void setRealtimePriority(@Nullable String realtimePriority) {
			this.realtimePriority = realtimePriority;
		}

		public @Nullable String getRealtimeTime() {
			return this.realtimeTime;
		}

		public void setRealtimeTime(@Nullable String realtimeTime) {
			this.realtimeTime = realtimeTime;
		}

		public @Nullable String getResidentSet() {
			return this.residentSet;
		}

		public void setResidentSet(@Nullable String residentSet) {
			this.residentSet = residentSet;
		}

		public @Nullable String getStack() {
			return this.stack;
		}

		public void setStack(@Nullable String stack) {
			this.stack = stack;
		}

		public @Nullable Integer getNice() {
			return this.nice;
		}

		public void setNice(@Nullable Integer nice) {
			this.nice = nice;
		}

		public @Nullable Integer getOomScore() {
			return this.oomScore;
		}

		public void setOomScore(@Nullable Integer oomScore) {
			this.oomScore = oomScore;
		}

		public @Nullable Set<Integer> getAffinity() {
			return this.affinity;
		}

		public void setAffinity(@Nullable Set<Integer> affinity) {
			this.affinity = affinity;
		}

	}

	/**
	 * What a process is deprived of.
	 */
	public static class Sandbox {

		/**
		 * Whether to take all that can be taken and is not decided here: files but those
		 * of the system, network, signals and abstract sockets of others, groups of
		 * system calls.
		 */
		private @Nullable Boolean strict;

		/**
		 * Comma-separated list of absolute paths that can be read. With one of the lists
		 * of paths, what none of them names is out of reach.
		 */
		private @Nullable List<Path> readPaths;

		/**
		 * Comma-separated list of absolute paths that can be written.
		 */
		private @Nullable List<Path> writePaths;

		/**
		 * Comma-separated list of absolute paths that can be executed and read.
		 */
		private @Nullable List<Path> executePaths;

		/**
		 * Whether programs and libraries of the system can be read and executed.
		 */
		private @Nullable Boolean systemPaths;

		/**
		 * Network that can be reached.
		 */
		private @Nullable NetworkAccess network;

		/**
		 * Comma-separated list of TCP ports that can be listened at; empty: none.
		 */
		private @Nullable Set<Integer> bindPorts;

		/**
		 * Comma-separated list of TCP ports that can be connected to; empty: none.
		 */
		private @Nullable Set<Integer> connectPorts;

		/**
		 * Whether only the process and its descendants can be signalled.
		 */
		private @Nullable Boolean isolateSignals;

		/**
		 * Whether abstract sockets of other processes are out of reach.
		 */
		private @Nullable Boolean isolateAbstractSockets;

		/**
		 * Comma-separated list of groups of system calls that fail.
		 */
		private @Nullable Set<SystemCallGroup> deniedSystemCalls;

		public @Nullable Boolean getStrict() {
			return this.strict;
		}

		public void setStrict(@Nullable Boolean strict) {
			this.strict = strict;
		}

		public @Nullable List<Path> getReadPaths() {
			return this.readPaths;
		}

		public void setReadPaths(@Nullable List<Path> readPaths) {
			this.readPaths = readPaths;
		}

		public @Nullable List<Path> getWritePaths() {
			return this.writePaths;
		}

		public void setWritePaths(@Nullable List<Path> writePaths) {
			this.writePaths = writePaths;
		}

		public @Nullable List<Path> getExecutePaths() {
			return this.executePaths;
		}

		public void setExecutePaths(@Nullable List<Path> executePaths) {
			this.executePaths = executePaths;
		}

		public @Nullable Boolean getSystemPaths() {
			return this.systemPaths;
		}

		public void setSystemPaths(@Nullable Boolean systemPaths) {
			this.systemPaths = systemPaths;
		}

		public @Nullable NetworkAccess getNetwork() {
			return this.network;
		}

		public void setNetwork(@Nullable NetworkAccess network) {
			this.network = network;
		}

		public @Nullable Set<Integer> getBindPorts() {
			return this.bindPorts;
		}

		public void setBindPorts(@Nullable Set<Integer> bindPorts) {
			this.bindPorts = bindPorts;
		}

		public @Nullable Set<Integer> getConnectPorts() {
			return this.connectPorts;
		}

		public void setConnectPorts(@Nullable Set<Integer> connectPorts) {
			this.connectPorts = connectPorts;
		}

		public @Nullable Boolean getIsolateSignals() {
			return this.isolateSignals;
		}

		public void setIsolateSignals(@Nullable Boolean isolateSignals) {
			this.isolateSignals = isolateSignals;
		}

		public @Nullable Boolean getIsolateAbstractSockets() {
			return this.isolateAbstractSockets;
		}

		public void setIsolateAbstractSockets(@Nullable Boolean isolateAbstractSockets) {
			this.isolateAbstractSockets = isolateAbstractSockets;
		}

		public @Nullable Set<SystemCallGroup> getDeniedSystemCalls() {
			return this.deniedSystemCalls;
		}

		public void setDeniedSystemCalls(@Nullable Set<SystemCallGroup> deniedSystemCalls) {
			this.deniedSystemCalls = deniedSystemCalls;
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
