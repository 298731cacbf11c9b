// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessSignal;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
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

	private final List<AuditEvent> audit = new ArrayList<>();

	@Test
	void valuesAreShownToThoseWithARole() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessesEndpointWebExtension extension = extension(Show.WHEN_AUTHORIZED);
		SecurityContext operator = mock(SecurityContext.class);
		given(operator.getPrincipal()).willReturn(mock(Principal.class));
		given(operator.isUserInRole("OPS")).willReturn(true);
		assertThat(extension.subprocess(operator, "a", null).getBody().arguments()).containsExactly("-i", "secret.mp4");
		assertThat(extension.subprocesses(operator, null, null, null).subprocesses().get("a").workingDirectory())
			.isEqualTo("/var/spool/media");
		assertThat(extension.subprocess(SecurityContext.NONE, "a", null).getBody().arguments()).containsOnly("******");
		assertThat(extension.subprocesses(SecurityContext.NONE, null, null, null).subprocesses().get("a").arguments())
			.containsOnly("******");
	}

	@Test
	void statusTellsWhetherTheIdIsKnown() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessesEndpointWebExtension extension = extension(Show.NEVER);
		assertThat(extension.subprocess(SecurityContext.NONE, "a", null).getStatus()).isEqualTo(200);
		assertThat(extension.subprocess(SecurityContext.NONE, "x", null).getStatus()).isEqualTo(404);
		assertThat(extension.write(SecurityContext.NONE, "a", null, null).getStatus()).isEqualTo(204);
		assertThat(extension.write(SecurityContext.NONE, "x", null, null).getStatus()).isEqualTo(404);
		assertThat(extension.kill(SecurityContext.NONE, "a", null).getStatus()).isEqualTo(204);
		assertThat(extension.kill(SecurityContext.NONE, "x", null).getStatus()).isEqualTo(404);
	}

	@Test
	void statusTellsThatNobodyIsLeftToBeSignalled() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesEndpointWebExtension extension = extension(Show.NEVER);
		assertThat(extension.write(SecurityContext.NONE, "a", ProcessSignal.HUP, null).getStatus()).isEqualTo(204);
		assertThat(extension.write(SecurityContext.NONE, "b", ProcessSignal.HUP, null).getStatus()).isEqualTo(409);
	}

	@Test
	void theAuditNamesWhoAsked() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SecurityContext operator = mock(SecurityContext.class);
		Principal principal = mock(Principal.class);
		given(principal.getName()).willReturn("alice");
		given(operator.getPrincipal()).willReturn(principal);
		extension(Show.NEVER).kill(operator, "a", "leaks");
		assertThat(this.audit).singleElement().satisfies((event) -> {
			assertThat(event.getPrincipal()).isEqualTo("alice");
			assertThat(event.getData()).containsEntry("reason", "leaks");
		});
	}

	private SubprocessesEndpointWebExtension extension(Show showValues) {
		SubprocessesEndpoint endpoint = new SubprocessesEndpoint(this.processes, List.of(), showValues,
				(event) -> this.audit.add(((AuditApplicationEvent) event).getAuditEvent()));
		return new SubprocessesEndpointWebExtension(endpoint, showValues, Set.of("OPS"));
	}

}
