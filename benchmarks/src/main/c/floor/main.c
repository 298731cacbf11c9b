/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers requests on standard input, one a line, with a line of numbers: the floor's side
 * of the protocol that every contender speaks.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "floor.h"

static void answer(const char *figure, char *first, char *second, int third)
{
	if (!strcmp(figure, "spawn"))
		spawn_latency(first, atoi(second), 0);
	else if (!strcmp(figure, "run") || !strcmp(figure, "async"))
		spawn_latency(first, atoi(second), 1);
	else if (!strcmp(figure, "capture") || !strcmp(figure, "async-capture"))
		captured_output(first, atoi(second));
	else if (!strcmp(figure, "rate"))
		throughput(first, atoi(second), third);
	else if (!strcmp(figure, "notice"))
		exit_notice(first, second, third);
	else if (!strcmp(figure, "read"))
		read_output(first, second);
	else if (!strcmp(figure, "cat"))
		both_ways(atoi(first));
	else if (!strcmp(figure, "live"))
		live_children(first, second, third);
	else if (!strcmp(figure, "open"))
		open_descriptors(atoi(first));
	else
		printf("unsupported");
}

int main(void)
{
	char line[4096];

	while (fgets(line, sizeof(line), stdin)) {
		char figure[64] = "", first[1024] = "", second[1024] = "";
		int third = 0;

		sscanf(line, "%63s %1023s %1023s %d", figure, first, second, &third);
		answer(figure, first, second, third);
		printf("\n");
		fflush(stdout);
	}
	return 0;
}
