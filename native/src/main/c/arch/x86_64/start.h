/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SUBPROCESS_ARCH_X86_64_START_H
#define SUBPROCESS_ARCH_X86_64_START_H

/* Where the kernel enters a program: no return address, arguments on the stack. */
#define START_AT(function)                                                                                             \
	__asm__(".text\n\t"                                                                                            \
		".global _start\n\t"                                                                                   \
		".type _start, @function\n"                                                                            \
		"_start:\n\t"                                                                                          \
		"endbr64\n\t"                                                                                          \
		"xorl %ebp, %ebp\n\t"                                                                                  \
		"andq $-16, %rsp\n\t"                                                                                  \
		"call " #function "\n\t"                                                                               \
		"ud2\n\t"                                                                                              \
		".size _start, . - _start");

#endif
