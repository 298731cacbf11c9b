// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.github.subprocess.DescriptorClosing;
import io.github.subprocess.SpawnMechanism;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnPlan;
import org.jspecify.annotations.Nullable;

/**
 * Lays a {@link SpawnPlan} out as the {@code struct subprocess_request} of the native
 * core, with everything that it points to, in one block of native memory; a {@code struct
 * subprocess_result} stands behind the request.
 */
final class PlanEncoder {

	static final int REQUEST_SIZE = 80;

	static final int RESULT_SIZE = 40;

	static final int RESULT_OFFSET = REQUEST_SIZE;

	private static final int HEADER_SIZE = REQUEST_SIZE + RESULT_SIZE;

	private PlanEncoder() {
	}

	static NativeBlock encode(SpawnPlan plan, long defaultSignals) {
		List<byte[]> programs = utf8(plan.programs());
		List<byte[]> arguments = utf8(plan.arguments());
		List<byte[]> environment = utf8(plan.environment());
		byte @Nullable [] directory = (plan.workingDirectory() != null) ? utf8(plan.workingDirectory()) : null;
		List<DescriptorMapping> descriptors = plan.descriptors();

		int descriptorsAt = HEADER_SIZE;
		int programsAt = descriptorsAt + 8 * descriptors.size();
		int argumentsAt = programsAt + 8 * (programs.size() + 1);
		int environmentAt = argumentsAt + 8 * (arguments.size() + 1);
		int stringsAt = environmentAt + 8 * (environment.size() + 1);
		int size = stringsAt + total(programs) + total(arguments) + total(environment)
				+ ((directory != null) ? directory.length + 1 : 0);

		NativeBlock block = new NativeBlock(size);
		ByteBuffer copy = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
		long base = block.address();
		copy.putInt(REQUEST_SIZE).putInt(0);
		copy.putInt(mechanism(plan.mechanism())).putInt(closing(plan.closing()));
		copy.putInt(session(plan.session())).putInt(0);
		copy.putInt(descriptors.size()).putInt(0);
		copy.putLong(descriptors.isEmpty() ? 0 : base + descriptorsAt);
		copy.putLong(base + programsAt).putLong(base + argumentsAt).putLong(base + environmentAt);
		int strings = stringsAt;
		copy.putLong((directory != null) ? base + strings : 0);
		copy.putLong(defaultSignals);
		copy.putInt(RESULT_OFFSET, RESULT_SIZE);
		if (directory != null) {
			copy.put(strings, directory);
			strings += directory.length + 1;
		}
		copy.position(descriptorsAt);
		descriptors.forEach((mapping) -> copy.putInt(mapping.source()).putInt(mapping.target()));
		strings = table(copy, base, programsAt, programs, strings);
		strings = table(copy, base, argumentsAt, arguments, strings);
		table(copy, base, environmentAt, environment, strings);
		block.putBytes(0, copy.array(), size);
		Arrays.fill(copy.array(), (byte) 0);
		return block;
	}

	private static int table(ByteBuffer copy, long base, int tableAt, List<byte[]> values, int stringsAt) {
		int strings = stringsAt;
		for (int i = 0; i < values.size(); i++) {
			byte[] value = values.get(i);
			copy.putLong(tableAt + 8 * i, base + strings);
			copy.put(strings, value);
			strings += value.length + 1;
		}
		return strings;
	}

	private static int total(List<byte[]> values) {
		return values.stream().mapToInt((value) -> value.length + 1).sum();
	}

	private static List<byte[]> utf8(List<String> values) {
		List<byte[]> encoded = new ArrayList<>(values.size());
		values.forEach((value) -> encoded.add(utf8(value)));
		return encoded;
	}

	private static byte[] utf8(String value) {
		return value.getBytes(StandardCharsets.UTF_8);
	}

	private static int mechanism(@Nullable SpawnMechanism mechanism) {
		if (mechanism == null) {
			return 0;
		}
		return switch (mechanism) {
			case VFORK -> 1;
			case FORK -> 2;
		};
	}

	private static int closing(@Nullable DescriptorClosing closing) {
		if (closing == null) {
			return 0;
		}
		return switch (closing) {
			case CLOSE_RANGE -> 1;
			case PROC_SELF_FD -> 2;
			case LOOP -> 3;
			case NONE -> 4;
		};
	}

	private static int session(SessionMode session) {
		return switch (session) {
			case INHERIT -> 0;
			case PROCESS_GROUP -> 1;
			case NEW_SESSION -> 2;
		};
	}

}
