// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import io.github.subprocess.PolicyProblem;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.spi.UserDatabase;

/**
 * Finds all that is known to stand against a policy before anything is started under it.
 * Where a launch would be started without an attribute, nothing stands against it.
 */
public final class PolicyCheck {

	private final EnvironmentMerger environment;

	private final UserDatabase users;

	private final SandboxSupport sandboxes;

	private final JvmRights jvm;

	/**
	 * Create a check of the machine as it is now.
	 * @param jvmEnvironment the environment that children may inherit from
	 * @param users where users and groups are looked up
	 * @param sandboxes what the kernel has of sandboxes
	 */
	public PolicyCheck(Map<String, String> jvmEnvironment, UserDatabase users, SandboxSupport sandboxes) {
		this(jvmEnvironment, users, sandboxes, JvmRights.read());
	}

	PolicyCheck(Map<String, String> jvmEnvironment, UserDatabase users, SandboxSupport sandboxes, JvmRights jvm) {
		this.environment = new EnvironmentMerger(jvmEnvironment);
		this.users = users;
		this.sandboxes = sandboxes;
		this.jvm = jvm;
	}

	/**
	 * Check a policy.
	 * @param name its name
	 * @param policy what it decides, with what is beneath it
	 * @return all problems, none if nothing is known to stand against it
	 */
	public List<PolicyProblem> check(String name, ProcessPolicy policy) {
		PolicyProblems problems = new PolicyProblems(name, policy);
		checkWorkingDirectory(policy, problems);
		problems.compile("command", () -> checkCommand(policy, problems));
		problems.compile(() -> EndCompiler.check(policy));
		problems.compile(() -> TerminalCompiler.compile(policy));
		if (policy.cgroup() != null) {
			new CgroupCheck(problems).check(policy.cgroup());
		}
		if (policy.output() != null) {
			problems.compile(() -> StreamCompiler.output(policy));
			problems.compile(() -> StreamCompiler.error(policy));
			new OutputFileCheck(problems).check(policy.output());
		}
		if (policy.credentials() != null) {
			new CredentialsCheck(this.users, this.jvm, problems).check(policy.credentials());
		}
		if (policy.limits() != null) {
			new LimitsCheck(policy.limits(), this.jvm, problems).check();
		}
		if (policy.sandbox() != null) {
			problems.compile(() -> SandboxCompiler.compile(policy, List.of()));
			new SandboxCheck(policy.sandbox(), problems).check(this.sandboxes);
		}
		new MechanismCheck(policy, problems).check();
		return problems.found();
	}

	private static void checkWorkingDirectory(ProcessPolicy policy, PolicyProblems problems) {
		Path directory = policy.workingDirectory();
		if (directory == null) {
			return;
		}
		if (Files.notExists(directory)) {
			problems.add("working-directory", "does not exist: " + directory);
		}
		else if (!Files.exists(directory)) {
			problems.add("working-directory", "cannot be reached: " + directory);
		}
		else if (!Files.isDirectory(directory)) {
			problems.add("working-directory", "is no directory: " + directory);
		}
		else if (!Files.isExecutable(directory)) {
			problems.add("working-directory", "cannot be entered: " + directory);
		}
	}

	private void checkCommand(ProcessPolicy policy, PolicyProblems problems) {
		List<String> command = policy.command();
		if (command == null) {
			return;
		}
		String program = CommandLine.of(command, null).program();
		String path = this.environment.merge(policy.environment(), Map.of()).get("PATH");
		boolean otherUser = policy.credentials() != null && policy.credentials().user() != null;
		new ProgramCheck(problems, otherUser).check(program, ProgramSearch.candidates(program, path),
				policy.workingDirectory());
	}

}
