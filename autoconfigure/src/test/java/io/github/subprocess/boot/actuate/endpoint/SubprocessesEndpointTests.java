// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.LeftOver;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessSnapshot.State;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.TreeEnd;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubprocessesEndpoint}.
 */
class SubprocessesEndpointTests {

	private final FakeProcessRegistry processes = new FakeProcessRegistry();

	@Test
	void describesProcesses() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesDescriptor descriptor = endpoint(Show.NEVER).subprocesses(null, null);
		assertThat(descriptor.live()).isEqualTo(1);
		assertThat(descriptor.started()).isEqualTo(1542);
		assertThat(descriptor.failedToStart()).isEqualTo(3);
		assertThat(descriptor.subprocesses()).containsOnlyKeys("a");
		assertThat(descriptor.recent()).extracting(SubprocessDescriptor::id).containsExactly("b");
	}

	@Test
	void filtersByPolicyAndState() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.live.add(Snapshots.inTheGroupOfTheJvm("b"));
		this.processes.recent.add(Snapshots.ended("c", "transcode", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		SubprocessesDescriptor ofPolicy = endpoint.subprocesses("transcode", null);
		assertThat(ofPolicy.subprocesses()).containsOnlyKeys("a");
		assertThat(ofPolicy.recent()).hasSize(1);
		assertThat(ofPolicy.live()).isEqualTo(2);
		SubprocessesDescriptor inState = endpoint.subprocesses(null, State.TERMINATING);
		assertThat(inState.subprocesses()).containsOnlyKeys("b");
		assertThat(inState.recent()).isEmpty();
		assertThat(endpoint.subprocesses("transcode", State.ENDED).subprocesses()).isEmpty();
		assertThat(endpoint.subprocesses("transcode", State.ENDED).recent()).hasSize(1);
	}

	@Test
	void valuesAreHiddenUnlessShown() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessDescriptor hidden = endpoint(Show.NEVER).subprocess("a");
		assertThat(hidden.arguments()).containsExactly("******", "******");
		assertThat(hidden.workingDirectory()).isEqualTo("******");
		for (Show show : List.of(Show.ALWAYS, Show.WHEN_AUTHORIZED)) {
			SubprocessDescriptor shown = endpoint(show).subprocess("a");
			assertThat(shown.arguments()).containsExactly("-i", "secret.mp4");
			assertThat(shown.workingDirectory()).isEqualTo("/var/spool/media");
		}
	}

	@Test
	void sanitizingFunctionsAreAskedWhenValuesAreShown() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SanitizingFunction function = (data) -> "secret.mp4".equals(data.getValue()) ? data.withValue("-") : data;
		SubprocessDescriptor shown = endpoint(Show.ALWAYS, function).subprocess("a");
		assertThat(shown.arguments()).containsExactly("-i", "-");
	}

	@Test
	void unknownIdIsNotDescribed() {
		assertThat(endpoint(Show.NEVER).subprocess("x")).isNull();
	}

	@Test
	void terminateAsksTheLauncher() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		assertThat(endpoint.terminate("a")).isTrue();
		assertThat(endpoint.terminate("b")).isTrue();
		assertThat(endpoint.terminate("x")).isFalse();
		assertThat(this.processes.terminated).containsExactly("a OPERATOR");
	}

	@Test
	void jsonOfALiveProcess() {
		this.processes.live.add(Snapshots.running("7f3a9c21", "transcode"));
		assertThat(json(endpoint(Show.NEVER).subprocesses(null, null))).isEqualTo(tree("""
				{"live":1,"started":1542,"failedToStart":3,
				"subprocesses":{"7f3a9c21":{"id":"7f3a9c21","pid":48213,"policy":"transcode","state":"running",
				"program":"/usr/bin/ffmpeg","arguments":["******","******"],"workingDirectory":"******",
				"session":"new-session","processGroup":48213,"mechanism":"vfork","closing":"close-range",
				"started":"2026-11-24T02:17:53.120Z","age":"PT1M30S","spawnDuration":"PT0.0021S",
				"deadline":"2026-11-24T02:47:53.120Z"}},
				"recent":[]}"""));
	}

	@Test
	void jsonLeavesOutWhatDoesNotApply() {
		this.processes.live.add(Snapshots.inTheGroupOfTheJvm("a"));
		assertThat(json(endpoint(Show.NEVER).subprocess("a"))).isEqualTo(tree("""
				{"id":"a","pid":48214,"policy":"none","state":"terminating","program":"/bin/sleep","arguments":[],
				"session":"inherit","mechanism":"fork","closing":"proc-self-fd",
				"started":"2026-11-24T02:17:53.120Z","age":"PT1M30S","spawnDuration":"PT0S",
				"terminationReason":"operator"}"""));
	}

	@Test
	void jsonTellsWhatAProcessWasStartedWithout() {
		this.processes.live.add(
				Snapshots.withWarnings("a", "render", new SpawnWarning("nice", 13, "EACCES", "Permission denied", "-5"),
						new SpawnWarning("umask", 1, "EPERM", "Operation not permitted", null)));
		assertThat(json(endpoint(Show.NEVER).subprocess("a"))).isEqualTo(tree("""
				{"id":"a","pid":48215,"policy":"render","state":"running","program":"/bin/sleep","arguments":[],
				"session":"new-session","processGroup":48215,"mechanism":"posix-spawn","closing":"none",
				"warnings":[{"step":"nice","errno":"EACCES","text":"Permission denied","subject":"-5"},
				{"step":"umask","errno":"EPERM","text":"Operation not permitted"}],
				"started":"2026-11-24T02:17:53.120Z","age":"PT1M30S","spawnDuration":"PT0S"}"""));
	}

	@Test
	void jsonOfARecentProcess() {
		this.processes.recent
			.add(Snapshots.ended("a", "render", new ExitStatus.Signalled(9, false), ProcessOutcome.TIMEOUT));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		JsonNode recent = json(endpoint(Show.NEVER).subprocesses(null, null)).get("recent");
		assertThat(recent.get(0)).isEqualTo(
				tree("""
						{"id":"a","pid":47990,"policy":"render","state":"ended","program":"/usr/bin/soffice",
						"arguments":["******"],"session":"process-group","processGroup":47990,"mechanism":"vfork",
						"closing":"close-range","started":"2026-11-24T02:17:53.120Z","spawnDuration":"PT0.002S",
						"terminationReason":"timeout","duration":"PT1M5.004S","status":"SIGKILL","signal":"SIGKILL",
						"outcome":"timeout","forced":true,"cpuTime":"PT0.2S","maxResidentBytes":123,"maxResidentExact":true,"outputBytes":12,
						"errorBytes":100,"outputTruncated":true}"""));
		assertThat(recent.get(1).get("status").asString()).isEqualTo("exit code 0");
		assertThat(recent.get(1).get("exitCode").asInt()).isZero();
		assertThat(recent.get(1).has("signal")).isFalse();
		assertThat(recent.get(1).get("outcome").asString()).isEqualTo("success");
	}

	@Test
	void jsonTellsWhoWasEndedTooAndWhoLivesOn() {
		this.processes.recent
			.add(Snapshots.ended("a", "render", new ExitStatus.Signalled(15, false), ProcessOutcome.CANCELLED,
					new TreeEnd(3, List.of(new LeftOver(47999, "spooler", LeftOver.Reason.NOT_ADOPTED)))));
		JsonNode process = json(endpoint(Show.NEVER).subprocess("a"));
		assertThat(process.get("treeEnded").asInt()).isEqualTo(3);
		assertThat(process.get("leftOvers")).isEqualTo(tree("""
				[{"pid":47999,"name":"spooler","reason":"not-adopted"}]"""));
	}

	private SubprocessesEndpoint endpoint(Show showValues, SanitizingFunction... functions) {
		Clock clock = Clock.fixed(Snapshots.STARTED.plus(Duration.ofSeconds(90)), ZoneOffset.UTC);
		return new SubprocessesEndpoint(this.processes, List.of(functions), showValues, clock);
	}

	private static JsonNode tree(String json) {
		return JsonMapper.shared().readTree(json);
	}

	private static JsonNode json(Object body) {
		StringBuilder json = new StringBuilder();
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(JacksonEndpointAutoConfiguration.class))
			.run((context) -> json.append(context.getBean(EndpointJsonMapper.class).get().writeValueAsString(body)));
		return tree(json.toString());
	}

}
