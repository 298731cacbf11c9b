// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.observation;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.subprocess.ProcessResult;
import io.github.subprocess.ProcessSnapshot;
import io.github.subprocess.event.LaunchRequest;
import io.github.subprocess.policy.ObservabilityPolicy;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a launch while it is observed. Its carrier is what the environment of
 * the process gets of the trace: nothing, unless the policy says so.
 *
 * @since 0.1.0
 */
public class SubprocessObservationContext extends SenderContext<Map<String, String>> {

	/**
	 * The outcome of what has not ended.
	 */
	public static final String OUTCOME_UNKNOWN = "UNKNOWN";

	private final LaunchRequest request;

	private volatile @Nullable ProcessSnapshot process;

	private volatile @Nullable ProcessResult result;

	private volatile String outcome = OUTCOME_UNKNOWN;

	/**
	 * Create a context.
	 * @param request what is launched
	 */
	public SubprocessObservationContext(LaunchRequest request) {
		super(setter(request), Kind.CLIENT);
		this.request = request;
		setCarrier(new ConcurrentHashMap<>());
	}

	private static io.micrometer.observation.transport.Propagator.Setter<Map<String, String>> setter(
			LaunchRequest request) {
		ObservabilityPolicy policy = request.policy().observability();
		boolean told = policy != null && Boolean.TRUE.equals(policy.traceContext());
		return (carrier, key, value) -> {
			if (told && carrier != null) {
				carrier.put(variable(key), value);
			}
		};
	}

	/**
	 * Return the variable for a field of a trace, as OpenTelemetry has it: upper case,
	 * and no characters that variables seldom have.
	 */
	private static String variable(String key) {
		return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9_]", "_");
	}

	/**
	 * Return what is launched.
	 * @return the request
	 */
	public LaunchRequest getRequest() {
		return this.request;
	}

	/**
	 * Return what is known of the process.
	 * @return the process, {@code null} while, or if, there is none
	 */
	public @Nullable ProcessSnapshot getProcess() {
		return this.process;
	}

	void setProcess(ProcessSnapshot process) {
		this.process = process;
	}

	/**
	 * Return how the process ended.
	 * @return the result without what the process wrote, {@code null} while, or if, it is
	 * not known
	 */
	public @Nullable ProcessResult getResult() {
		return this.result;
	}

	void setResult(@Nullable ProcessResult result) {
		this.result = result;
	}

	/**
	 * Return what became of the launch, in one word with few values.
	 * @return the name of a {@link io.github.subprocess.ProcessOutcome},
	 * {@code START_FAILED}, {@code REJECTED}, {@code REFUSED}, {@code LOST} or
	 * {@value #OUTCOME_UNKNOWN}
	 */
	public String getOutcome() {
		return this.outcome;
	}

	void setOutcome(String outcome) {
		this.outcome = outcome;
	}

	/**
	 * Return the name of the program's file without its directory.
	 * @return the name
	 */
	public String getExecutableName() {
		ProcessSnapshot process = this.process;
		String program = (process != null) ? process.program() : this.request.program();
		return program.contains("/") && program.indexOf('\0') < 0 ? String.valueOf(Path.of(program).getFileName())
				: program;
	}

}
