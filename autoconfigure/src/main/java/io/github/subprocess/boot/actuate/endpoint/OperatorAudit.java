// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes an audit event for each thing that an operator does. Arguments are not part
 * of it.
 */
final class OperatorAudit {

	private static final String UNKNOWN = "unknown";

	private final ApplicationEventPublisher publisher;

	OperatorAudit(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	void publish(@Nullable String principal, OperatorAction action, ProcessSnapshot process,
			@Nullable ProcessSignal signal, @Nullable String reason, boolean done) {
		Map<String, @Nullable Object> data = new LinkedHashMap<>();
		data.put("id", process.id());
		data.put("pid", process.pid());
		data.put("policy", process.policy());
		data.put("program", process.program());
		if (signal != null) {
			data.put("signal", ProcessSignal.nameOf(signal.number()));
		}
		if (reason != null) {
			data.put("reason", reason);
		}
		data.put("done", done);
		this.publisher.publishEvent(
				new AuditApplicationEvent((principal != null) ? principal : UNKNOWN, action.auditType(), data));
	}

}
