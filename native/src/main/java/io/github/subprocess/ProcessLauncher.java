// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;

import io.github.subprocess.event.LaunchInterceptor;
import io.github.subprocess.event.ProcessListener;
import io.github.subprocess.internal.DefaultProcessLauncherBuilder;
import io.github.subprocess.policy.ConcurrencyPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs, watches them and ends them. Make one and keep it: it is safe for use
 * by many threads, and has one thread of its own however many processes there are.
 * <pre class="code">
 * try (ProcessLauncher launcher = ProcessLauncher.create()) {
 *     String head = launcher.command("git", "rev-parse", "HEAD")
 *             .workingDirectory(repository)
 *             .timeout(Duration.ofSeconds(10))
 *             .run()
 *             .outputText();
 * }
 * </pre>
 * <p>
 * Commands are lists of arguments; there is no shell unless the application names one. A
 * program without a slash in its name is looked for in the directories of the PATH that
 * the child will see; relative and empty directories there are passed over. Text is
 * handed over as UTF-8.
 *
 * @since 0.1.0
 */
public interface ProcessLauncher extends AutoCloseable {

	/**
	 * The name that stands for "no policy" wherever a policy is named.
	 */
	String NO_POLICY = "none";

	/**
	 * Prepare a command.
	 * @param program a path, or a name that is looked for in PATH
	 * @param arguments its arguments, handed over as they are
	 * @return what to do with the command
	 */
	CommandSpec command(String program, String... arguments);

	/**
	 * Prepare a command.
	 * @param command the program, then its arguments
	 * @return what to do with the command
	 * @throws IllegalArgumentException if the list is empty
	 */
	CommandSpec command(List<String> command);

	/**
	 * Prepare the command of a named policy, to be run under that policy. Its
	 * placeholders are filled in by {@link CommandSpec#parameter}.
	 * @param name the name of the policy
	 * @return what to do with the command
	 * @throws UnknownPolicyException if there is none with that name
	 * @throws IllegalArgumentException if the policy names no command
	 */
	CommandSpec policy(String name);

	/**
	 * Prepare a pipeline: each stage reads what the one before it writes, through a pipe
	 * between the two that no byte leaves for the JVM. Standard input of the first stage,
	 * standard output of the last one and standard error of each are set as for any
	 * command; what is between the stages cannot be. <pre class="code">
	 * String frequent = launcher.pipeline(
	 *         launcher.command("zcat", "access.log.gz"),
	 *         launcher.command("cut", "-d ", "-f1"),
	 *         launcher.command("sort", "-u"))
	 *     .timeout(Duration.ofMinutes(1))
	 *     .run()
	 *     .outputText();
	 * </pre>
	 * @param first the first stage
	 * @param second the second stage
	 * @param more the stages after that
	 * @return what to do with the pipeline
	 * @throws IllegalArgumentException if a stage is not a command of this launcher
	 */
	PipelineSpec pipeline(CommandSpec first, CommandSpec second, CommandSpec... more);

	/**
	 * Prepare a pipeline.
	 * @param stages two at least
	 * @return what to do with the pipeline
	 * @throws IllegalArgumentException if there are less, or one is not a command of this
	 * launcher
	 * @see #pipeline(CommandSpec, CommandSpec, CommandSpec...)
	 */
	PipelineSpec pipeline(List<? extends CommandSpec> stages);

	/**
	 * Return the policy of ad-hoc commands, which is beneath the named ones, merged with
	 * what is built in.
	 * @return the policy
	 */
	ProcessPolicy defaultPolicy();

	/**
	 * Return the named policies, each merged with the defaults.
	 * @return the policies by name
	 */
	Map<String, ProcessPolicy> policies();

	/**
	 * Return the processes of this launcher.
	 * @return the live view
	 */
	ProcessRegistry processes();

	/**
	 * Wait until the native core has been loaded, which begins when a launcher is made
	 * and takes part of a second. Without it the first launch waits. Nothing bounds the
	 * wait but the time that the loading takes.
	 * @throws NativeCoreUnavailableException if the native core cannot be used here
	 */
	void awaitReady();

	/**
	 * Look for all that is already known to keep processes from being started under the
	 * default policy and the named ones: paths and programs that are not there, users and
	 * groups that do not exist, parts of sandboxes that the kernel lacks, rights that the
	 * JVM has not, contradictions. A part that is best effort is passed over where
	 * processes are started without it. What is found may be gone, and what is not found
	 * may come, until a launch. Waits as {@link #awaitReady()} does, and as long as the
	 * user database takes.
	 * @return the problems, those of the defaults first, then by the names of policies;
	 * what defaults decide may be found again for each policy
	 * @throws NativeCoreUnavailableException if the native core cannot be used here for
	 * another reason
	 */
	List<PolicyProblem> validate();

	/**
	 * Return what has been found of this machine, once the native core has been
	 * {@linkplain #awaitReady() loaded}.
	 * @return what it can do
	 * @throws NativeCoreUnavailableException if the native core cannot be used here
	 */
	LaunchPlatform platform();

	/**
	 * Return whether this launcher launches. Waits until the native core has been loaded
	 * unless the launcher was stopped.
	 * @return the state of this moment
	 * @throws NativeCoreUnavailableException if nothing can be launched here
	 */
	LauncherState state();

	/**
	 * Refuse new launches and those that wait, and end all live processes with their
	 * groups, each as its policy says. Waits until all are gone, at most the longest
	 * grace period among them and a few seconds. May be called again.
	 * <p>
	 * When this thread is interrupted they are sent SIGKILL instead of being given the
	 * rest of their grace periods; the thread stays interrupted.
	 * @return what became of them
	 */
	StopReport stop();

	/**
	 * Accept launches again after {@link #stop()}. Does nothing when launches are
	 * accepted.
	 * @throws IllegalStateException if this launcher has been closed
	 */
	void resume();

	/**
	 * {@linkplain #stop() Stop}, and release the thread of this launcher, which watches
	 * whoever is left until he has ended.
	 */
	@Override
	void close();

	/**
	 * Tell whether processes can be launched here with the native core that comes along.
	 * The first look loads it, which takes part of a second.
	 * @return whether they can
	 */
	static boolean isAvailable() {
		return unavailabilityCause() == null;
	}

	/**
	 * Do nothing where processes can be launched.
	 * @throws NativeCoreUnavailableException if they cannot, with reason and remedy
	 */
	static void ensureAvailable() {
		NativeCoreUnavailableException cause = unavailabilityCause();
		if (cause != null) {
			throw cause;
		}
	}

	/**
	 * Tell why processes cannot be launched here.
	 * @return reason and remedy, {@code null} where they can
	 */
	static @Nullable NativeCoreUnavailableException unavailabilityCause() {
		return DefaultProcessLauncherBuilder.unavailabilityCause();
	}

	/**
	 * Make a launcher with the {@linkplain ProcessPolicy#defaults() built-in policy}.
	 * That the native core cannot be used here is told by {@link #awaitReady()} and by
	 * each launch.
	 * @return the launcher
	 */
	static ProcessLauncher create() {
		return builder().build();
	}

	/**
	 * Make a launcher step by step.
	 * @return the builder
	 */
	static Builder builder() {
		return new DefaultProcessLauncherBuilder();
	}

	/**
	 * Makes a launcher.
	 */
	interface Builder {

		/**
		 * Set what holds for every process unless its policy or its launch says
		 * otherwise. What it leaves undecided is taken from
		 * {@link ProcessPolicy#defaults()}.
		 * @param policy the defaults
		 * @return this builder
		 */
		Builder defaultPolicy(ProcessPolicy policy);

		/**
		 * Add a named policy. Where the kernel lacks a part of its sandbox that it cannot
		 * do without, {@link ProcessLauncher#awaitReady()} and each launch say so.
		 * @param name its name, which must not be {@value ProcessLauncher#NO_POLICY}
		 * @param policy what it decides
		 * @return this builder
		 */
		Builder policy(String name, ProcessPolicy policy);

		/**
		 * Add a listener.
		 * @param listener the listener
		 * @return this builder
		 */
		Builder listener(ProcessListener listener);

		/**
		 * Add an interceptor, which sees each launch before it begins.
		 * @param interceptor the interceptor
		 * @return this builder
		 */
		Builder interceptor(LaunchInterceptor interceptor);

		/**
		 * Set where listeners are told of ends, futures are completed, input streams are
		 * read and output is handed to application code. It must not run tasks in the
		 * calling thread, and should not limit how many run at once to fewer than there
		 * are processes with such streams. Without it the launcher uses virtual threads
		 * where the JVM has them, and daemon threads that end when idle elsewhere.
		 * @param executor where application code runs
		 * @return this builder
		 */
		Builder executor(Executor executor);

		/**
		 * Set how many processes of all policies together may live at once. A policy has
		 * a limit of its own besides, and so do ad-hoc commands by the
		 * {@linkplain #defaultPolicy default policy}.
		 * @param concurrency the limit, which is none unless set, with a queue of 1,000
		 * and no bound on the wait unless decided
		 * @return this builder
		 */
		Builder concurrency(ConcurrencyPolicy concurrency);

		/**
		 * Set how many ended processes are remembered.
		 * @param capacity the number of processes, 0 or more; 100 unless set
		 * @return this builder
		 */
		Builder recentCapacity(int capacity);

		/**
		 * Set how much of what ended processes wrote is remembered: the end of each of
		 * their captured streams.
		 * @param bytes the number of bytes of each stream, 0 or more; 4096 unless set
		 * @return this builder
		 */
		Builder recentOutput(int bytes);

		/**
		 * Use this file as the native core instead of the one in the jar. Nothing else is
		 * tried if it cannot be loaded.
		 * @param path the shared library, or {@code null} for the one in the jar
		 * @return this builder
		 */
		Builder nativeLibrary(@Nullable Path path);

		/**
		 * Set whether what was launched is ended when the JVM dies without having ended
		 * it: by SIGKILL, by the out-of-memory killer, in a crash. A small program beside
		 * the JVM sees to that, one for each launcher, which is started with the first
		 * process.
		 * <p>
		 * It covers each process that has a process group of its own, and all members of
		 * that group whatever the policy says of ends, from the birth of the process
		 * until its end. It does not cover descendants that have left the group,
		 * processes with {@link io.github.subprocess.policy.SessionMode#INHERIT}, what a
		 * process that has ended by itself left running, and the microseconds between a
		 * birth and the word to the guardian; the process alone can be covered from its
		 * birth on by a {@link ProcessPolicy#withDeathSignal death signal}.
		 * <p>
		 * Where the guardian cannot be started, a launch that it would have to cover
		 * fails in the step {@code guardian}.
		 * @param guarded whether there is one; there is none unless set
		 * @return this builder
		 */
		Builder guardian(boolean guarded);

		/**
		 * Set whether the JVM adopts orphans: descendants of its processes whose parents
		 * have ended become children of the JVM (PR_SET_CHILD_SUBREAPER, prctl(2)), and
		 * not of process 1. With it, a process that is ended with
		 * {@link io.github.subprocess.policy.TerminationScope#TREE} is ended with those
		 * of its descendants as well that have made themselves daemons; and what a
		 * process left running is reaped when it ends, as long as this launcher is open.
		 * <p>
		 * Orphans are recognised by the variable {@code SUBPROCESS_TREE}, which each
		 * process gets, by their parents and by their sessions. Others are neither ended
		 * nor reaped: when other code of the JVM starts a process that leaves orphans,
		 * those become children of the JVM too, and zombies in the end that nobody reaps.
		 * <p>
		 * It holds for the whole JVM and is not taken back when this launcher is closed.
		 * Where the kernel refuses it, {@link ProcessLauncher#awaitReady()} and each
		 * launch say so.
		 * @param adopting whether orphans are adopted; they are not unless set
		 * @return this builder
		 */
		Builder adoptOrphans(boolean adopting);

		/**
		 * Make the launcher, and begin to load the native core. That it cannot be used
		 * here is told by {@link ProcessLauncher#awaitReady()} and by each launch.
		 * @return the launcher
		 */
		ProcessLauncher build();

	}

	/**
	 * A pipeline on its way to be launched. All of its stages get places at once, or none
	 * does. They are born from the first to the last one; when one cannot be started,
	 * those before it are ended. Not safe for use by several threads.
	 */
	interface PipelineSpec {

		/**
		 * Set what becomes of the other stages when one has failed.
		 * @param onFailure what; they are ended unless set
		 * @return this spec
		 */
		PipelineSpec onFailure(OnStageFailure onFailure);

		/**
		 * Set the wall deadline of each stage.
		 * @param timeout how long it may run; zero: as long as it likes
		 * @return this spec
		 * @throws IllegalArgumentException if it is negative
		 */
		PipelineSpec timeout(Duration timeout);

		/**
		 * Run it until all stages have ended.
		 * @return how they ended, which counts as success
		 * @throws IllegalArgumentException if a stage says where something between the
		 * stages comes from or goes to, or cannot be handed to a child
		 * @throws LaunchRefusedException if a guard of a stage's policy does not let it
		 * pass
		 * @throws ProcessStartException if a stage could not be started
		 * @throws PipelineException if a stage has failed
		 * @throws ProcessInterruptedException if this thread was interrupted meanwhile;
		 * all stages are being ended then, unless the policies of all of them say
		 * {@link io.github.subprocess.policy.OnInterrupt#LEAVE}
		 * @throws ProcessRejectedException if the launcher is stopped or closed, or if
		 * there are no places for all stages
		 */
		PipelineResult run();

		/**
		 * Start it and return at once, or as soon as there are places for all stages. The
		 * caller closes it.
		 * @return the live pipeline
		 * @throws IllegalArgumentException if a stage says where something between the
		 * stages comes from or goes to, or cannot be handed to a child
		 * @throws LaunchRefusedException if a guard of a stage's policy does not let it
		 * pass
		 * @throws ProcessStartException if a stage could not be started
		 * @throws ProcessInterruptedException if this thread was interrupted while it
		 * waited for places
		 * @throws ProcessRejectedException if the launcher is stopped or closed, or if
		 * there are no places for all stages
		 */
		ManagedPipeline start();

	}

	/**
	 * A command on its way to be launched. Not safe for use by several threads; may be
	 * launched more than once unless it is fed from an input stream, or from a publisher
	 * or into a subscriber that serves only once.
	 */
	interface CommandSpec {

		/**
		 * Launch under a named policy. A command of the policy is not used.
		 * @param name the name of the policy
		 * @return this spec
		 * @throws UnknownPolicyException if there is none with that name
		 */
		CommandSpec policy(String name);

		/**
		 * Decide for this launch alone: what the given policy decides wins over the named
		 * policy, field by field down to the parts of its parts. What is decided later
		 * wins over what was decided earlier. Its command is not used.
		 * @param overrides what is different in this launch
		 * @return this spec
		 * @throws IllegalArgumentException if they decide on the concurrency, which is
		 * shared by all launches of a policy, or on its guard, which binds them
		 */
		CommandSpec overrides(ProcessPolicy overrides);

		/**
		 * Add arguments after those that are there.
		 * @param arguments what to add, each handed over as it is
		 * @return this spec
		 */
		CommandSpec arguments(String... arguments);

		/**
		 * Add arguments after those that are there.
		 * @param arguments what to add, each handed over as it is
		 * @return this spec
		 */
		CommandSpec arguments(Collection<String> arguments);

		/**
		 * Fill in a placeholder of the command of a policy, wherever it occurs. All must
		 * be filled in when the process is started.
		 * @param name the name of the placeholder, without braces
		 * @param value what stands in its place, handed over as it is. It must not begin
		 * an argument with a dash unless the policy says that it may
		 * @return this spec
		 * @throws IllegalArgumentException if there is no such placeholder, or the value
		 * holds a NUL character or half a surrogate pair
		 * @see io.github.subprocess.policy.CommandTemplate
		 */
		CommandSpec parameter(String name, String value);

		/**
		 * Fill in placeholders of the command of a policy.
		 * @param values what stands in their places, by name
		 * @return this spec
		 * @throws IllegalArgumentException if one does not exist or cannot have its value
		 * @see #parameter(String, String)
		 */
		CommandSpec parameters(Map<String, String> values);

		/**
		 * Set a variable in the child's environment.
		 * @param name its name
		 * @param value its value
		 * @return this spec
		 */
		CommandSpec environment(String name, String value);

		/**
		 * Set where the child starts. A relative program with a slash in its name is
		 * looked for from there.
		 * @param directory the directory
		 * @return this spec
		 */
		CommandSpec workingDirectory(Path directory);

		/**
		 * Set the wall deadline.
		 * @param timeout how long the process may run; zero: as long as it likes
		 * @return this spec
		 */
		CommandSpec timeout(Duration timeout);

		/**
		 * Set the exit codes that count as success.
		 * @param codes the codes; empty: all
		 * @return this spec
		 */
		CommandSpec successExitCodes(Set<Integer> codes);

		/**
		 * Feed bytes to standard input, which is {@code /dev/null} otherwise. That the
		 * process does not read all of them is not an error.
		 * @param bytes what it can read; not copied
		 * @return this spec
		 */
		CommandSpec input(byte[] bytes);

		/**
		 * Feed text to standard input as UTF-8.
		 * @param text what it can read
		 * @return this spec
		 */
		CommandSpec input(String text);

		/**
		 * Make a file standard input. The process reads it itself.
		 * @param file the file
		 * @return this spec
		 */
		CommandSpec input(Path file);

		/**
		 * Feed a stream to standard input. It is read by the launcher's executor as fast
		 * as the process takes it, and not closed. When the process ends before the
		 * stream does, a read that is under way is not waited for.
		 * @param stream what the process can read
		 * @return this spec
		 */
		CommandSpec input(InputStream stream);

		/**
		 * Feed what a publisher sends to standard input. A few buffers are requested at a
		 * time, as the process takes them; a buffer must not be changed once it was sent.
		 * When the process stops to read or ends, the subscription is cancelled. When the
		 * publisher fails, the process is ended. The publisher is subscribed to, asked
		 * and cancelled by the launcher's executor.
		 * @param publisher sends what the process can read
		 * @return this spec
		 */
		CommandSpec input(Flow.Publisher<ByteBuffer> publisher);

		/**
		 * Make standard input a pipe for {@link Process#getOutputStream()}.
		 * @return this spec
		 */
		CommandSpec pipeInput();

		/**
		 * Set where standard output goes, whatever the policy says:
		 * {@linkplain OutputTarget#capture() captured} by {@link #run()}, a
		 * {@linkplain OutputTarget#pipe() pipe} after {@link #start()} unless one of them
		 * decides.
		 * @param target where it goes
		 * @return this spec
		 * @throws IllegalArgumentException for {@link OutputTarget#merge()}: only
		 * standard error can be merged
		 */
		CommandSpec output(OutputTarget target);

		/**
		 * Set where standard error goes, whatever the policy says:
		 * {@linkplain OutputTarget#capture() captured} unless one of them decides.
		 * @param target where it goes
		 * @return this spec
		 */
		CommandSpec error(OutputTarget target);

		/**
		 * Run it to its end.
		 * @return how it ended, which counts as success
		 * @throws IllegalArgumentException if something cannot be handed to a child: text
		 * with a NUL character, a user without a decision on its groups, a group that
		 * does not exist; if a placeholder of the command is not filled in, or its value
		 * would make an argument an option; or if there is an idle deadline and the JVM
		 * reads no output
		 * @throws LaunchRefusedException if a guard of the policy does not let it pass
		 * @throws ProcessStartException if it could not be started
		 * @throws ProcessExitException if it ended in another way
		 * @throws ProcessTimeoutException if it did not end in time
		 * @throws ProcessInputException if what fed it failed
		 * @throws ProcessOutputException if what took its output failed
		 * @throws ProcessInterruptedException if this thread was interrupted meanwhile:
		 * the process is being ended then, or goes on, as
		 * {@link io.github.subprocess.policy.OnInterrupt} of its policy says
		 * @throws ProcessRejectedException if the launcher is stopped or closed, or if
		 * there is no place for another process
		 */
		ProcessResult run();

		/**
		 * Start it and return at once, or as soon as there is a place for it. The caller
		 * closes it.
		 * @return the live process
		 * @throws IllegalArgumentException if something cannot be handed to a child: text
		 * with a NUL character, a user without a decision on its groups, a group that
		 * does not exist; if a placeholder of the command is not filled in, or its value
		 * would make an argument an option; or if there is an idle deadline and the JVM
		 * reads no output
		 * @throws LaunchRefusedException if a guard of the policy does not let it pass
		 * @throws ProcessStartException if it could not be started
		 * @throws ProcessInterruptedException if this thread was interrupted while it
		 * waited for a place
		 * @throws ProcessRejectedException if the launcher is stopped or closed, or if
		 * there is no place for another process
		 */
		ManagedProcess start();

		/**
		 * Start it, use it, and end whatever of it is left when the function returns or
		 * throws.
		 * @param function what to do with the live process
		 * @param <T> what the function returns
		 * @param <X> what the function throws
		 * @return what the function returned
		 * @throws X what the function threw
		 * @throws LaunchRefusedException if a guard of the policy does not let it pass
		 * @throws ProcessStartException if it could not be started
		 * @throws ProcessInterruptedException if this thread was interrupted while it
		 * waited for a place
		 * @throws ProcessRejectedException if the launcher is stopped or closed, or if
		 * there is no place for another process
		 */
		<T extends @Nullable Object, X extends Exception> T exchange(ExchangeFunction<T, X> function) throws X;

	}

	/**
	 * Uses a live process.
	 *
	 * @param <T> what it returns
	 * @param <X> what it throws
	 */
	@FunctionalInterface
	interface ExchangeFunction<T extends @Nullable Object, X extends Exception> {

		/**
		 * Use the process.
		 * @param process the live process, which is closed afterwards
		 * @return a result
		 * @throws X if it fails
		 */
		T exchange(ManagedProcess process) throws X;

	}

}
