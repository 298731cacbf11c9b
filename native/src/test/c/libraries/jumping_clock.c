/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A wall clock that is on another day at each look, up to 50 before or after, for the
 * program that finds this library in LD_PRELOAD. The monotonic clock goes on as it does.
 */
#include <stdatomic.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define DAY  86400
#define MOST 50

/* A stride without a common divisor: all days come up, and none twice in a row. */
#define STRIDE 37

static time_t jump(void)
{
	static atomic_uint looks;

	return ((time_t)(atomic_fetch_add(&looks, STRIDE) % (2 * MOST + 1)) - MOST) * DAY;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
	int result = (int)syscall(SYS_clock_gettime, clock, now);

	if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
		now->tv_sec += jump();
	return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
	struct timespec time;

	(void)zone;
	clock_gettime(CLOCK_REALTIME, &time);
	now->tv_sec = time.tv_sec;
	now->tv_usec = time.tv_nsec / 1000;
	return 0;
}

time_t time(time_t *result)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	if (result != NULL)
		*result = now.tv_sec;
	return now.tv_sec;
}
