// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/**
 * Runs the file service on a free port, with a few policies that misbehave in ways that
 * the sample's own do not.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@AutoConfigureMetrics
@Import({ RefusedCgroup.class, IncidentPolicies.class })
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "sample.batch.enabled=false", "subprocess.policy.nap.command=sleep,30",
				"subprocess.policy.nap.deadlines.wall=300ms", "subprocess.policy.one-at-a-time.command=sleep,300",
				"subprocess.policy.one-at-a-time.concurrency.limit=1",
				"subprocess.policy.one-at-a-time.concurrency.queue=0",
				"subprocess.policy.half.command=sh,-c,head -c 1000000 /dev/zero; exit 3",
				"subprocess.policy.first-line.command=head,-n,1" })
@interface FileServiceTest {

}
