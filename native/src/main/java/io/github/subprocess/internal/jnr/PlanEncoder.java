// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.SandboxSupport;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.ChildSandbox;
import io.github.subprocess.spi.DescriptorMapping;
import io.github.subprocess.spi.SpawnPlan;
import org.jspecify.annotations.Nullable;

/**
 * Lays a {@link SpawnPlan} out as the {@code struct subprocess_request} of the native
 * core, with everything that it points to, in one block of native memory; a {@code struct
 * subprocess_result} stands behind the request. The copy on the heap is wiped, the block
 * when it is closed: both hold environment values.
 */
final class PlanEncoder {

	private static final int LIMIT_SIZE = 24;

	private static final int RULE_SIZE = 24;

	private static final int OPTIONAL = 1;

	private final SpawnPlan plan;

	private final Circumstances circumstances;

	private final List<byte[]> programs;

	private final List<byte[]> arguments;

	private final List<byte[]> environment;

	private final byte @Nullable [] directory;

	private final long[] affinity;

	private final @Nullable LandlockRuleset landlock;

	private final List<byte[]> landlockPaths;

	private final List<FilterInstruction> filter;

	private final NativeBlock block;

	private final ByteBuffer copy;

	/**
	 * Where the next array goes.
	 */
	private int arrays = RequestLayout.HEADER_SIZE;

	/**
	 * Where the next string goes.
	 */
	private int strings;

	private PlanEncoder(SpawnPlan plan, Circumstances circumstances) {
		this.plan = plan;
		this.circumstances = circumstances;
		this.programs = utf8(plan.programs());
		this.arguments = utf8(plan.arguments());
		this.environment = utf8(plan.environment());
		this.directory = (plan.workingDirectory() != null) ? utf8(plan.workingDirectory()) : null;
		this.affinity = affinity(plan.attributes());
		this.landlock = landlock(plan.attributes().sandbox(), circumstances.sandbox());
		this.landlockPaths = (this.landlock != null) ? paths(this.landlock) : List.of();
		this.filter = filter(plan.attributes().sandbox());
		this.strings = RequestLayout.HEADER_SIZE + sizeOfArrays();
		int size = this.strings + total(this.programs) + total(this.arguments) + total(this.environment)
				+ total(this.landlockPaths) + ((this.directory != null) ? this.directory.length + 1 : 0);
		this.block = new NativeBlock(size);
		this.copy = ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
	}

	/**
	 * Encode a plan.
	 * @param plan the plan
	 * @param circumstances what else a request says
	 * @return the block, which the caller closes
	 */
	static NativeBlock encode(SpawnPlan plan, Circumstances circumstances) {
		return new PlanEncoder(plan, circumstances).encode();
	}

	private int sizeOfArrays() {
		ChildAttributes attributes = this.plan.attributes();
		int pointers = this.programs.size() + this.arguments.size() + this.environment.size() + 3;
		List<Long> groups = attributes.groups();
		return Long.BYTES * (pointers + this.affinity.length) + LIMIT_SIZE * attributes.limits().size()
				+ 2 * Integer.BYTES * this.plan.descriptors().size() + Integer.BYTES * this.circumstances.room().size()
				+ ((groups != null) ? Integer.BYTES * groups.size() : 0)
				+ ((this.landlock != null) ? RULE_SIZE * this.landlock.rules().size() : 0)
				+ Long.BYTES * this.filter.size();
	}

	private NativeBlock encode() {
		encodeModes();
		encodeAttributes();
		encodeScheduling();
		encodeCredentials();
		// what is aligned to 8 bytes first, then what is aligned to 4
		putAddress(RequestLayout.PROGRAMS, pointers(this.programs));
		putAddress(RequestLayout.ARGV, pointers(this.arguments));
		putAddress(RequestLayout.ENVP, pointers(this.environment));
		encodeLimits();
		encodeAffinity();
		encodeLandlock();
		encodeFilter();
		encodeDescriptors();
		encodeRoom();
		encodeGroups();
		if (this.directory != null) {
			putAddress(RequestLayout.WORKING_DIRECTORY, string(this.directory));
		}
		this.copy.putInt(RequestLayout.RESULT, RequestLayout.RESULT_SIZE);
		this.block.putBytes(0, this.copy.array(), this.copy.capacity());
		Arrays.fill(this.copy.array(), (byte) 0);
		return this.block;
	}

	private void encodeModes() {
		this.copy.putInt(RequestLayout.SIZE, RequestLayout.REQUEST_SIZE);
		this.copy.putInt(RequestLayout.FLAGS, this.circumstances.capabilities() | CoreNumbers.CAN_LACK_PIDFD);
		this.copy.putInt(RequestLayout.MECHANISM, this.circumstances.mechanism());
		this.copy.putInt(RequestLayout.CLOSING, CoreNumbers.of(this.plan.closing()));
		this.copy.putInt(RequestLayout.SESSION, CoreNumbers.of(this.plan.session()));
		this.copy.putInt(RequestLayout.PROCESS_GROUP, this.plan.processGroup());
		this.copy.putLong(RequestLayout.DEFAULT_SIGNALS, this.circumstances.defaultSignals());
		this.copy.putLong(RequestLayout.EXTENT, this.copy.capacity());
	}

	private void encodeAttributes() {
		int asked = CoreNumbers.attributes(this.plan, this.circumstances.cgroup() != null)
				| CoreNumbers.sandbox(this.landlock != null, !this.filter.isEmpty());
		this.copy.putInt(RequestLayout.ATTRIBUTES, asked);
		this.copy.putInt(RequestLayout.BEST_EFFORT, asked & CoreNumbers.bestEffort(this.plan.attributes()));
		putInt(RequestLayout.CONTROLLING_TERMINAL, this.plan.attributes().controllingTerminal());
		putInt(RequestLayout.CGROUP, this.circumstances.cgroup());
		putInt(RequestLayout.PROGRAM_FILE, this.plan.attributes().programFile());
		ProcessSignal signal = this.plan.attributes().deathSignal();
		putInt(RequestLayout.DEATH_SIGNAL, (signal != null) ? signal.number() : null);
	}

	private void encodeScheduling() {
		ChildAttributes attributes = this.plan.attributes();
		putInt(RequestLayout.NICE, attributes.nice());
		putInt(RequestLayout.OOM_SCORE, attributes.oomScore());
		putInt(RequestLayout.UMASK, attributes.umask());
	}

	private void encodeCredentials() {
		Long group = this.plan.attributes().group();
		Long user = this.plan.attributes().user();
		putInt(RequestLayout.GROUP_ID, (group != null) ? group.intValue() : null);
		putInt(RequestLayout.USER_ID, (user != null) ? user.intValue() : null);
	}

	private void encodeLimits() {
		Map<Resource, Limit> limits = this.plan.attributes().limits();
		if (limits.isEmpty()) {
			return;
		}
		this.copy.putInt(RequestLayout.LIMIT_COUNT, limits.size());
		int at = array(LIMIT_SIZE * limits.size());
		putAddress(RequestLayout.LIMITS, at);
		this.copy.position(at);
		// no limit is -1 on both sides
		limits.forEach((resource,
				limit) -> this.copy.putLong(limit.soft()).putLong(limit.hard()).putInt(resource.number()).putInt(0));
	}

	private void encodeAffinity() {
		if (this.affinity.length == 0) {
			return;
		}
		int at = array(Long.BYTES * this.affinity.length);
		putAddress(RequestLayout.AFFINITY, at);
		this.copy.putInt(RequestLayout.AFFINITY_SIZE, Long.BYTES * this.affinity.length);
		this.copy.position(at);
		for (long word : this.affinity) {
			this.copy.putLong(word);
		}
	}

	private void encodeLandlock() {
		if (this.landlock == null) {
			return;
		}
		this.copy.putLong(RequestLayout.HANDLED_FILES, this.landlock.handledFiles());
		this.copy.putLong(RequestLayout.HANDLED_PORTS, this.landlock.handledPorts());
		this.copy.putLong(RequestLayout.SCOPED, this.landlock.scoped());
		List<LandlockRuleset.Rule> rules = this.landlock.rules();
		if (rules.isEmpty()) {
			return;
		}
		int at = array(RULE_SIZE * rules.size());
		putAddress(RequestLayout.RULES, at);
		this.copy.putInt(RequestLayout.RULE_COUNT, rules.size());
		for (int i = 0; i < rules.size(); i++) {
			LandlockRuleset.Rule rule = rules.get(i);
			int place = at + RULE_SIZE * i;
			// the rules of files come first
			if (i < this.landlockPaths.size()) {
				putAddress(place, string(this.landlockPaths.get(i)));
			}
			this.copy.putLong(place + 8, rule.access());
			this.copy.putInt(place + 16, rule.port());
			this.copy.putInt(place + 20, rule.optional() ? OPTIONAL : 0);
		}
	}

	private void encodeFilter() {
		if (this.filter.isEmpty()) {
			return;
		}
		int at = array(Long.BYTES * this.filter.size());
		putAddress(RequestLayout.FILTER, at);
		this.copy.putInt(RequestLayout.FILTER_LENGTH, this.filter.size());
		this.copy.position(at);
		for (FilterInstruction instruction : this.filter) {
			this.copy.putShort((short) instruction.code());
			this.copy.put((byte) instruction.ifTrue()).put((byte) instruction.ifFalse());
			this.copy.putInt(instruction.operand());
		}
	}

	private static @Nullable LandlockRuleset landlock(@Nullable ChildSandbox sandbox, SandboxSupport support) {
		return (sandbox != null) ? LandlockRuleset.of(sandbox, support.landlock()) : null;
	}

	private static List<byte[]> paths(LandlockRuleset landlock) {
		List<byte[]> paths = new ArrayList<>();
		for (LandlockRuleset.Rule rule : landlock.rules()) {
			if (rule.path() != null) {
				paths.add(utf8(rule.path()));
			}
		}
		return paths;
	}

	private static List<FilterInstruction> filter(@Nullable ChildSandbox sandbox) {
		FilterArchitecture architecture = FilterArchitecture.of(System.getProperty("os.arch", ""));
		return (sandbox != null && architecture != null) ? SandboxFilter.of(sandbox, architecture) : List.of();
	}

	private void encodeDescriptors() {
		List<DescriptorMapping> descriptors = this.plan.descriptors();
		if (descriptors.isEmpty()) {
			return;
		}
		int at = array(2 * Integer.BYTES * descriptors.size());
		putAddress(RequestLayout.DESCRIPTORS, at);
		this.copy.putInt(RequestLayout.DESCRIPTOR_COUNT, descriptors.size());
		this.copy.position(at);
		descriptors.forEach((mapping) -> this.copy.putInt(mapping.source()).putInt(mapping.target()));
	}

	private void encodeRoom() {
		List<Integer> room = this.circumstances.room();
		if (room.isEmpty()) {
			return;
		}
		int at = array(Integer.BYTES * room.size());
		putAddress(RequestLayout.ROOM, at);
		this.copy.putInt(RequestLayout.ROOM_COUNT, room.size());
		this.copy.position(at);
		room.forEach(this.copy::putInt);
	}

	private void encodeGroups() {
		List<Long> groups = this.plan.attributes().groups();
		if (groups == null || groups.isEmpty()) {
			return;
		}
		int at = array(Integer.BYTES * groups.size());
		putAddress(RequestLayout.GROUPS, at);
		this.copy.putInt(RequestLayout.GROUP_COUNT, groups.size());
		this.copy.position(at);
		groups.forEach((group) -> this.copy.putInt(group.intValue()));
	}

	private static long[] affinity(ChildAttributes attributes) {
		BitSet processors = new BitSet();
		attributes.affinity().forEach(processors::set);
		return processors.toLongArray();
	}

	private int array(int size) {
		int at = this.arrays;
		this.arrays += size;
		return at;
	}

	private int string(byte[] value) {
		int at = this.strings;
		this.copy.put(at, value);
		this.strings += value.length + 1;
		return at;
	}

	/**
	 * Lay out a list of strings that NULL ends.
	 */
	private int pointers(List<byte[]> values) {
		int at = array(Long.BYTES * (values.size() + 1));
		for (int i = 0; i < values.size(); i++) {
			putAddress(at + Long.BYTES * i, string(values.get(i)));
		}
		return at;
	}

	private void putAddress(int at, int place) {
		this.copy.putLong(at, this.block.address() + place);
	}

	private void putInt(int at, @Nullable Integer value) {
		if (value != null) {
			this.copy.putInt(at, value);
		}
	}

	private static int total(List<byte[]> values) {
		int total = 0;
		for (byte[] value : values) {
			total += value.length + 1;
		}
		return total;
	}

	private static List<byte[]> utf8(List<String> values) {
		List<byte[]> encoded = new ArrayList<>(values.size());
		for (String value : values) {
			encoded.add(utf8(value));
		}
		return encoded;
	}

	private static byte[] utf8(String value) {
		return value.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What a request says that is not in the plan.
	 *
	 * @param capabilities what the probe has found
	 * @param mechanism the number of the mechanism
	 * @param defaultSignals the signals that the program finds at their default
	 * @param room low descriptors that this birth may use
	 * @param cgroup the open directory of the cgroup
	 * @param sandbox what the kernel has of sandboxes
	 */
	record Circumstances(int capabilities, int mechanism, long defaultSignals, List<Integer> room,
			@Nullable Integer cgroup, SandboxSupport sandbox) {

	}

}
