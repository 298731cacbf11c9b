// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.benchmarks.worker;

import java.util.Map;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Times the start of an application that has nothing but this library, or not even that,
 * in nanoseconds. One with more to do hides more of the loading.
 */
@EnableAutoConfiguration
public class ApplicationStart {

	/**
	 * Start once.
	 * @param arguments whether this library is switched on
	 */
	public static void main(String[] arguments) {
		long begun = System.nanoTime();
		SpringApplication application = new SpringApplication(ApplicationStart.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(Map.of("subprocess.enabled", arguments[0], "spring.main.banner-mode", "off",
				"spring.main.log-startup-info", "false"));
		try (ConfigurableApplicationContext context = application.run()) {
			System.out.println(System.nanoTime() - begun);
		}
		System.exit(0);
	}

}
