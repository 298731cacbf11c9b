// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.conformance;

import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/**
 * Counts tests, and tells of each that was skipped or failed.
 */
final class TestCounts implements TestExecutionListener {

	private final AtomicInteger passed = new AtomicInteger();

	private final AtomicInteger skipped = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final PrintStream out;

	TestCounts(PrintStream out) {
		this.out = out;
	}

	@Override
	public void executionSkipped(TestIdentifier test, String reason) {
		skipped(test, reason);
	}

	@Override
	public void executionFinished(TestIdentifier test, TestExecutionResult result) {
		switch (result.getStatus()) {
			case SUCCESSFUL -> {
				if (test.isTest()) {
					this.passed.incrementAndGet();
				}
			}
			case ABORTED -> skipped(test, result.getThrowable().map(Throwable::getMessage).orElse(""));
			case FAILED -> {
				this.failed.incrementAndGet();
				this.out.println("failed: " + name(test));
				result.getThrowable().ifPresent((failure) -> failure.printStackTrace(this.out));
			}
		}
	}

	private void skipped(TestIdentifier test, String reason) {
		this.skipped.incrementAndGet();
		this.out.println("skipped: " + name(test) + ": " + reason.lines().findFirst().orElse(""));
	}

	private static String name(TestIdentifier test) {
		Optional<TestSource> source = test.getSource();
		if (source.isPresent() && source.get() instanceof MethodSource method) {
			String type = method.getClassName();
			return type.substring(type.lastIndexOf('.') + 1) + "." + method.getMethodName() + " "
					+ test.getDisplayName();
		}
		if (source.isPresent() && source.get() instanceof ClassSource type) {
			return type.getClassName();
		}
		return test.getDisplayName();
	}

	boolean isGood() {
		return this.failed.get() == 0 && this.passed.get() > 0;
	}

	@Override
	public String toString() {
		return "passed=" + this.passed + " skipped=" + this.skipped + " failed=" + this.failed;
	}

}
