// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.policy.DescriptorPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnPlan;
import io.github.subprocess.spi.UserDatabase;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a command under a policy into a {@link SpawnPlan}.
 */
public final class PlanCompiler {

	private final EnvironmentMerger environment;

	private final AttributeCompiler attributes;

	/**
	 * Create a compiler.
	 * @param jvmEnvironment the environment that children may inherit from
	 * @param users where users and groups are looked up
	 */
	public PlanCompiler(Map<String, String> jvmEnvironment, UserDatabase users) {
		this.environment = new EnvironmentMerger(jvmEnvironment);
		this.attributes = new AttributeCompiler(users);
	}

	/**
	 * Compile a command.
	 * @param command what to run
	 * @param policyName under which policy
	 * @param policy that policy, merged
	 * @return the plan, without standard streams
	 * @throws IllegalArgumentException if something cannot be handed to a child or does
	 * not exist, with the name of the guilty argument
	 * @throws io.github.subprocess.LaunchRefusedException if a guard of the policy does
	 * not let it pass
	 */
	public SpawnPlan compile(CommandLine command, String policyName, ProcessPolicy policy) {
		return compile(command, policyName, policy, Map.of());
	}

	/**
	 * Compile a command.
	 * @param command what to run
	 * @param policyName under which policy
	 * @param policy that policy, merged
	 * @param given variables for the child, less than what the policy unsets and sets
	 * @return the plan, without standard streams
	 * @throws IllegalArgumentException if something cannot be handed to a child or does
	 * not exist, with the name of the guilty argument
	 * @throws io.github.subprocess.LaunchRefusedException if a guard of the policy does
	 * not let it pass
	 */
	public SpawnPlan compile(CommandLine command, String policyName, ProcessPolicy policy, Map<String, String> given) {
		EndCompiler.check(policy);
		LaunchGuard guard = new LaunchGuard(policy, policyName, command);
		guard.checkArguments();
		Path directory = guard.directory(policy.workingDirectory());
		SortedMap<String, String> environment = this.environment.merge(policy.environment(), given);
		List<String> programs = guard.programs(ProgramSearch.candidates(command.program(), environment.get("PATH")),
				directory);
		List<String> arguments = new ArrayList<>(1 + command.arguments().size());
		arguments.add(command.program());
		arguments.addAll(command.arguments());
		List<String> variables = new ArrayList<>(environment.size());
		for (Map.Entry<String, String> variable : environment.entrySet()) {
			variables.add(variable.getKey() + "=" + variable.getValue());
		}
		SessionMode session = (policy.session() != null) ? policy.session() : SessionMode.NEW_SESSION;
		return new SpawnPlan(programs, arguments, variables, text(directory), session, 0, kept(policy.descriptors()),
				this.attributes.compile(policy, programs), closing(policy.descriptors()), policy.mechanism());
	}

	private static @Nullable String text(@Nullable Path directory) {
		if (directory == null) {
			return null;
		}
		String text = directory.toString();
		if (text.isEmpty()) {
			return null;
		}
		Text.check("working directory", text);
		if (!directory.getFileSystem().getPath(text).equals(directory)) {
			throw new IllegalArgumentException("working directory has a name that is no text in the encoding of the JVM"
					+ " (sun.jnu.encoding): " + text);
		}
		return text;
	}

	private static List<DescriptorMapping> kept(@Nullable DescriptorPolicy policy) {
		if (policy == null || (policy.map() == null && policy.keep() == null)) {
			return List.of();
		}
		Map<Integer, Integer> mapped = new TreeMap<>((policy.map() != null) ? policy.map() : Map.of());
		if (policy.keep() != null) {
			policy.keep().forEach((descriptor) -> {
				if (mapped.putIfAbsent(descriptor, descriptor) != null) {
					throw new IllegalArgumentException(
							"descriptors.map must not give a number that descriptors.keep keeps: " + descriptor);
				}
			});
		}
		return mapped.entrySet()
			.stream()
			.map((entry) -> new DescriptorMapping(entry.getValue(), entry.getKey()))
			.toList();
	}

	private static @Nullable DescriptorClosing closing(@Nullable DescriptorPolicy policy) {
		if (policy != null && policy.mode() == DescriptorPolicy.Mode.INHERIT_ALL) {
			return DescriptorClosing.NONE;
		}
		return null;
	}

}
