// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.security.Principal;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link SubprocessesEndpointWebExtension}.
 */
class SubprocessesEndpointWebExtensionTests {

	private final FakeProcessRegistry processes = new FakeProcessRegistry();

	@Test
	void valuesAreShownToThoseWithARole() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessesEndpointWebExtension extension = extension(Show.WHEN_AUTHORIZED);
		SecurityContext operator = mock(SecurityContext.class);
		given(operator.getPrincipal()).willReturn(mock(Principal.class));
		given(operator.isUserInRole("OPS")).willReturn(true);
		assertThat(extension.subprocess(operator, "a").getBody().arguments()).containsExactly("-i", "secret.mp4");
		assertThat(extension.subprocesses(operator, null, null).subprocesses().get("a").workingDirectory())
			.isEqualTo("/var/spool/media");
		assertThat(extension.subprocess(SecurityContext.NONE, "a").getBody().arguments()).containsOnly("******");
		assertThat(extension.subprocesses(SecurityContext.NONE, null, null).subprocesses().get("a").arguments())
			.containsOnly("******");
	}

	@Test
	void statusTellsWhetherTheIdIsKnown() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessesEndpointWebExtension extension = extension(Show.NEVER);
		assertThat(extension.subprocess(SecurityContext.NONE, "a").getStatus()).isEqualTo(200);
		assertThat(extension.subprocess(SecurityContext.NONE, "x").getStatus()).isEqualTo(404);
		assertThat(extension.terminate("a").getStatus()).isEqualTo(204);
		assertThat(extension.terminate("x").getStatus()).isEqualTo(404);
	}

	private SubprocessesEndpointWebExtension extension(Show showValues) {
		SubprocessesEndpoint endpoint = new SubprocessesEndpoint(this.processes, List.of(), showValues);
		return new SubprocessesEndpointWebExtension(endpoint, showValues, Set.of("OPS"));
	}

}
