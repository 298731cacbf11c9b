// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.github.subprocess.ManagedProcess;
import io.github.subprocess.ProcessLauncher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@code subprocesses} endpoint over JMX, with a real process.
 */
@Timeout(60)
class SubprocessesEndpointJmxTests {

	private static final String DOMAIN = SubprocessesEndpointJmxTests.class.getSimpleName();

	private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

	private ConfigurableApplicationContext context;

	private ObjectName name;

	@BeforeEach
	void start() throws Exception {
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.run("--spring.main.banner-mode=off", "--spring.jmx.enabled=true",
					"--management.endpoints.jmx.exposure.include=subprocesses",
					"--management.endpoints.jmx.domain=" + DOMAIN,
					"--management.endpoint.subprocesses.access=unrestricted");
		this.name = new ObjectName(DOMAIN + ":type=Endpoint,name=Subprocesses");
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void showsAndEndsAProcess() throws Exception {
		try (ManagedProcess process = this.context.getBean(ProcessLauncher.class).command("sleep", "300").start()) {
			Map<?, ?> all = (Map<?, ?>) invoke("subprocesses", null, "running", "sleep");
			assertThat((Map<?, ?>) all.get("subprocesses")).hasSize(1);
			Map<?, ?> one = (Map<?, ?>) invoke("subprocess", process.id(), null);
			assertThat(one.get("pid")).isEqualTo(process.pid());
			assertThat(one.get("detail")).isNotNull();
			Map<?, ?> signalled = (Map<?, ?>) invoke("write", process.id(), "cont", "to see whether it hears");
			assertThat(signalled.get("state")).isEqualTo("running");
			assertThat(invoke("kill", "nonsense", null)).isNull();
			assertThat(invoke("kill", process.id(), "enough")).isInstanceOf(Map.class);
			assertThat(process.waitFor()).isEqualTo(128 + 9);
		}
	}

	private Object invoke(String operation, Object... arguments) throws Exception {
		String[] signature = new String[arguments.length];
		Arrays.fill(signature, String.class.getName());
		return this.server.invoke(this.name, operation, arguments, signature);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
