// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.jnr;

import java.util.List;

/**
 * Runs filters of system calls as the kernel would, before it is given them: a filter
 * that keeps the child from telling of a failure would be a child that nobody can
 * explain.
 */
final class FilterCheck {

	/**
	 * More instructions the kernel does not take.
	 */
	static final int MOST_INSTRUCTIONS = 4096;

	private FilterCheck() {
	}

	/**
	 * Check a filter.
	 * @param program the filter
	 * @param architecture for which architecture
	 * @throws IllegalStateException if it is no filter, or refuses what the child needs
	 * between loading it and the program
	 */
	static void check(List<FilterInstruction> program, FilterArchitecture architecture) {
		if (program.isEmpty() || program.size() > MOST_INSTRUCTIONS) {
			throw new IllegalStateException("A filter of system calls must have 1 to " + MOST_INSTRUCTIONS
					+ " instructions: " + program.size());
		}
		for (int index = 0; index < program.size(); index++) {
			checkJumps(program, index);
		}
		for (int number : List.of(architecture.execve(), architecture.write(), architecture.nanosleep(),
				architecture.exitGroup())) {
			if (answer(program, architecture.auditNumber(), number, 0) != FilterInstruction.ALLOW) {
				throw new IllegalStateException("A filter must not refuse system call " + number
						+ ", which the child needs to start its program");
			}
		}
	}

	private static void checkJumps(List<FilterInstruction> program, int index) {
		FilterInstruction instruction = program.get(index);
		boolean returns = instruction.code() == FilterInstruction.RETURN;
		int next = index + 1 + Math.max(instruction.ifTrue(), instruction.ifFalse());
		if (!returns && (next >= program.size() || instruction.ifTrue() > 255 || instruction.ifFalse() > 255)) {
			throw new IllegalStateException("A filter must not run past its end: instruction " + index);
		}
	}

	/**
	 * Return what a filter answers.
	 * @param program a filter whose jumps stay inside of it
	 * @param architecture the number of the architecture that the call is of
	 * @param number the number of the call
	 * @param argument the lower half of its first argument
	 * @return the answer
	 */
	static int answer(List<FilterInstruction> program, int architecture, int number, int argument) {
		int accumulator = 0;
		// all jumps lead forward, so this ends
		for (int index = 0;; index++) {
			FilterInstruction instruction = program.get(index);
			int operand = instruction.operand();
			switch (instruction.code()) {
				case FilterInstruction.RETURN -> {
					return operand;
				}
				case FilterInstruction.LOAD_WORD -> accumulator = switch (operand) {
					case FilterInstruction.NUMBER -> number;
					case FilterInstruction.ARCHITECTURE -> architecture;
					case FilterInstruction.FIRST_ARGUMENT -> argument;
					default -> throw new IllegalStateException("A filter must not load from " + operand);
				};
				case FilterInstruction.JUMP_IF_EQUAL -> index += skipped(instruction, accumulator == operand);
				case FilterInstruction.JUMP_IF_ANY_BIT -> index += skipped(instruction, (accumulator & operand) != 0);
				case FilterInstruction.JUMP_IF_NOT_BELOW ->
					index += skipped(instruction, Integer.compareUnsigned(accumulator, operand) >= 0);
				default ->
					throw new IllegalStateException("A filter must not hold an instruction " + instruction.code());
			}
		}
	}

	private static int skipped(FilterInstruction instruction, boolean holds) {
		return holds ? instruction.ifTrue() : instruction.ifFalse();
	}

}
