// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

/**
 * An instruction of a filter of system calls: of the classic BPF only what such filters
 * here are made of.
 *
 * @param code what to do
 * @param ifTrue how many instructions a true condition skips
 * @param ifFalse how many a false one skips
 * @param operand a number to compare with, a place to load from, or the answer
 */
record FilterInstruction(int code, int ifTrue, int ifFalse, int operand) {

	static final int LOAD_WORD = 0x20;

	static final int JUMP_IF_EQUAL = 0x15;

	static final int JUMP_IF_NOT_BELOW = 0x35;

	static final int JUMP_IF_ANY_BIT = 0x45;

	static final int RETURN = 0x06;

	static final int ALLOW = 0x7fff0000;

	static final int REFUSE = 0x00050000;

	static final int KILL_PROCESS = 0x80000000;

	/**
	 * Where the number of the call is in {@code struct seccomp_data}.
	 */
	static final int NUMBER = 0;

	static final int ARCHITECTURE = 4;

	/**
	 * The lower half of the first argument, on a little-endian machine.
	 */
	static final int FIRST_ARGUMENT = 16;

	static FilterInstruction load(int place) {
		return new FilterInstruction(LOAD_WORD, 0, 0, place);
	}

	static FilterInstruction answer(int answer) {
		return new FilterInstruction(RETURN, 0, 0, answer);
	}

	/**
	 * Make a condition: skips what it is told to when it does not hold.
	 */
	static FilterInstruction unless(int condition, int operand, int skipped) {
		return new FilterInstruction(condition, 0, skipped, operand);
	}

	/**
	 * Make a condition: skips what it is told to when it holds.
	 */
	static FilterInstruction when(int condition, int operand, int skipped) {
		return new FilterInstruction(condition, skipped, 0, operand);
	}

}
