/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SUBPROCESS_ARCH_AARCH64_START_H
#define SUBPROCESS_ARCH_AARCH64_START_H

/* Where the kernel enters a program: no return address, arguments on the stack. `hint #34` is `bti c`. */
#define START_AT(function)                                                                                             \
	__asm__(".text\n\t"                                                                                            \
		".global _start\n\t"                                                                                   \
		".type _start, %function\n"                                                                            \
		"_start:\n\t"                                                                                          \
		"hint #34\n\t"                                                                                         \
		"mov x29, #0\n\t"                                                                                      \
		"mov x30, #0\n\t"                                                                                      \
		"bl " #function "\n\t"                                                                                 \
		"brk #1\n\t"                                                                                           \
		".size _start, . - _start");

#endif
