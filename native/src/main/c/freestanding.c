/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The four functions that a compiler may call without being asked to. The
 * empty assembly keeps it from seeing its own memcpy in the loop of memcpy.
 */
#include <stddef.h>

void *memcpy(void *restrict target, const void *restrict source, size_t size);
void *memmove(void *target, const void *source, size_t size);
void *memset(void *target, int value, size_t size);
int memcmp(const void *left, const void *right, size_t size);

void *memcpy(void *restrict target, const void *restrict source, size_t size)
{
	unsigned char *to = target;
	const unsigned char *from = source;

	for (size_t index = 0; index < size; index++) {
		to[index] = from[index];
		__asm__ volatile("" ::: "memory");
	}
	return target;
}

void *memmove(void *target, const void *source, size_t size)
{
	unsigned char *to = target;
	const unsigned char *from = source;

	if (to < from)
		return memcpy(target, source, size);
	while (size-- > 0) {
		to[size] = from[size];
		__asm__ volatile("" ::: "memory");
	}
	return target;
}

void *memset(void *target, int value, size_t size)
{
	unsigned char *to = target;

	for (size_t index = 0; index < size; index++) {
		to[index] = (unsigned char)value;
		__asm__ volatile("" ::: "memory");
	}
	return target;
}

int memcmp(const void *left, const void *right, size_t size)
{
	const unsigned char *first = left;
	const unsigned char *second = right;

	for (size_t index = 0; index < size; index++) {
		if (first[index] != second[index])
			return first[index] - second[index];
		__asm__ volatile("" ::: "memory");
	}
	return 0;
}
