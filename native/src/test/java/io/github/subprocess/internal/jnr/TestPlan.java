// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.ArrayList;
import java.util.List;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.Fixture;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnPlan;
import org.jspecify.annotations.Nullable;

/**
 * A plan for a program that ends at once, to be changed in one respect or two.
 */
final class TestPlan {

	private String program = Fixture.program("exit_with");

	private List<String> arguments = List.of("0");

	private @Nullable String workingDirectory;

	private SessionMode session = SessionMode.INHERIT;

	private int processGroup;

	private List<DescriptorMapping> descriptors = List.of();

	private ChildAttributes attributes = ChildAttributes.none();

	private @Nullable DescriptorClosing closing;

	private @Nullable SpawnMechanism mechanism;

	private TestPlan() {
	}

	static TestPlan plan() {
		return new TestPlan();
	}

	TestPlan program(String program, String... arguments) {
		this.program = program;
		this.arguments = List.of(arguments);
		return this;
	}

	TestPlan workingDirectory(String workingDirectory) {
		this.workingDirectory = workingDirectory;
		return this;
	}

	TestPlan session(SessionMode session, int processGroup) {
		this.session = session;
		this.processGroup = processGroup;
		return this;
	}

	TestPlan descriptors(DescriptorMapping... descriptors) {
		this.descriptors = List.of(descriptors);
		return this;
	}

	TestPlan attributes(ChildAttributes.Builder attributes) {
		this.attributes = attributes.build();
		return this;
	}

	TestPlan closing(@Nullable DescriptorClosing closing) {
		this.closing = closing;
		return this;
	}

	TestPlan mechanism(@Nullable SpawnMechanism mechanism) {
		this.mechanism = mechanism;
		return this;
	}

	SpawnPlan build() {
		List<String> argv = new ArrayList<>(this.arguments);
		argv.add(0, this.program);
		return new SpawnPlan(List.of(this.program), argv, List.of(), this.workingDirectory, this.session,
				this.processGroup, this.descriptors, this.attributes, this.closing, this.mechanism);
	}

}
