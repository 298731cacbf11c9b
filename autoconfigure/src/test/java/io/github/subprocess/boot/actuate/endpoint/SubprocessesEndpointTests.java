// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import io.github.subprocess.ExitStatus;
import io.github.subprocess.LeftOver;
import io.github.subprocess.ProcessOutcome;
import io.github.subprocess.ProcessSignal;
import io.github.subprocess.ProcessSnapshot.State;
import io.github.subprocess.SpawnWarning;
import io.github.subprocess.TreeEnd;
import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.EnvironmentPolicy;
import io.github.subprocess.policy.Limit;
import io.github.subprocess.policy.LimitsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.Resource;
import io.github.subprocess.policy.SessionMode;
import io.github.subprocess.policy.SupplementaryGroups;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.listener.AuditApplicationEvent;
import org.springframework.boot.actuate.autoconfigure.endpoint.jackson.JacksonEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.jackson.EndpointJsonMapper;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SubprocessesEndpoint}.
 */
class SubprocessesEndpointTests {

	private final FakeProcessRegistry processes = new FakeProcessRegistry();

	private final List<AuditEvent> audit = new ArrayList<>();

	@Test
	void describesProcesses() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesDescriptor descriptor = endpoint(Show.NEVER).subprocesses(null, null, null);
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
		SubprocessesDescriptor ofPolicy = endpoint.subprocesses("transcode", null, null);
		assertThat(ofPolicy.subprocesses()).containsOnlyKeys("a");
		assertThat(ofPolicy.recent()).hasSize(1);
		assertThat(ofPolicy.live()).isEqualTo(2);
		SubprocessesDescriptor inState = endpoint.subprocesses(null, State.TERMINATING, null);
		assertThat(inState.subprocesses()).containsOnlyKeys("b");
		assertThat(inState.recent()).isEmpty();
		assertThat(endpoint.subprocesses("transcode", State.ENDED, null).subprocesses()).isEmpty();
		assertThat(endpoint.subprocesses("transcode", State.ENDED, null).recent()).hasSize(1);
	}

	@Test
	void valuesAreHiddenUnlessShown() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessDescriptor hidden = endpoint(Show.NEVER).subprocess("a", null);
		assertThat(hidden.arguments()).containsExactly("******", "******");
		assertThat(hidden.workingDirectory()).isEqualTo("******");
		for (Show show : List.of(Show.ALWAYS, Show.WHEN_AUTHORIZED)) {
			SubprocessDescriptor shown = endpoint(show).subprocess("a", null);
			assertThat(shown.arguments()).containsExactly("-i", "secret.mp4");
			assertThat(shown.workingDirectory()).isEqualTo("/var/spool/media");
		}
	}

	@Test
	void sanitizingFunctionsAreAskedWhenValuesAreShown() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SanitizingFunction function = (data) -> "secret.mp4".equals(data.getValue()) ? data.withValue("-") : data;
		SubprocessDescriptor shown = endpoint(Show.ALWAYS, function).subprocess("a", null);
		assertThat(shown.arguments()).containsExactly("-i", "-");
	}

	@Test
	void unknownIdIsNotDescribed() {
		assertThat(endpoint(Show.NEVER).subprocess("x", null)).isNull();
	}

	@Test
	void filtersByTheNameOfTheProgram() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.live.add(Snapshots.inTheGroupOfTheJvm("b"));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		assertThat(endpoint.subprocesses(null, null, "sleep").subprocesses()).containsOnlyKeys("b");
		assertThat(endpoint.subprocesses(null, null, "/bin/sleep").subprocesses()).isEmpty();
	}

	@Test
	void terminateAsksTheLauncher() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		assertThat(endpoint.write("a", null, null).id()).isEqualTo("a");
		assertThat(endpoint.write("b", null, null).state()).isEqualTo("ended");
		assertThat(endpoint.write("x", null, null)).isNull();
		assertThat(this.processes.terminated).containsExactly("a OPERATOR");
		assertThat(endpoint.kill("a", null).id()).isEqualTo("a");
		assertThat(endpoint.kill("b", null).state()).isEqualTo("ended");
		assertThat(endpoint.kill("x", null)).isNull();
		assertThat(this.processes.killed).containsExactly("a OPERATOR");
	}

	@Test
	void aSignalIsForTheLiving() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		assertThat(endpoint.write(null, "a", ProcessSignal.USR1, null)).isEqualTo(OperationOutcome.DONE);
		assertThat(endpoint.write(null, "b", ProcessSignal.USR1, null)).isEqualTo(OperationOutcome.ENDED);
		assertThat(endpoint.write(null, "x", ProcessSignal.USR1, null)).isEqualTo(OperationOutcome.UNKNOWN);
		assertThat(this.processes.signalled).containsExactly("a USR1");
		assertThat(this.processes.terminated).isEmpty();
	}

	@Test
	void eachOperationIsAudited() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		endpoint.write("alice", "a", ProcessSignal.STOP, "looks stuck");
		endpoint.write("a", null, null);
		endpoint.kill("bob", "a", "still there");
		endpoint.kill("bob", "x", null);
		assertThat(this.audit).extracting(AuditEvent::getType)
			.containsExactly("SUBPROCESS_SIGNAL", "SUBPROCESS_TERMINATE", "SUBPROCESS_KILL");
		assertThat(this.audit).extracting(AuditEvent::getPrincipal).containsExactly("alice", "unknown", "bob");
		assertThat(this.audit.get(0).getData()).isEqualTo(Map.of("id", "a", "pid", 48213L, "policy", "transcode",
				"program", "/usr/bin/ffmpeg", "signal", "SIGSTOP", "reason", "looks stuck", "done", true));
	}

	@Test
	void aReasonIsOneShortLine() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		SubprocessesEndpoint endpoint = endpoint(Show.NEVER);
		for (String reason : List.of("a\nb", "x".repeat(201))) {
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint.kill("a", reason))
				.satisfies((ex) -> assertThat(ex.getReason()).startsWith("reason must"));
		}
		assertThat(this.processes.killed).isEmpty();
		assertThat(this.audit).isEmpty();
	}

	@Test
	void aTailIsBounded() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		for (int tail : new int[] { -1, 65537 }) {
			assertThatExceptionOfType(InvalidEndpointRequestException.class)
				.isThrownBy(() -> endpoint(Show.NEVER).subprocess("a", tail));
		}
	}

	@Test
	void jsonOfTheDetailOfALiveProcess() {
		this.processes.live.add(Snapshots.running("a", "transcode"));
		this.processes.inspection = (process) -> Snapshots.inspected(process,
				ProcessPolicy.undecided()
					.withCommand("ffmpeg", "-i", "{in}")
					.withUmask(027)
					.withSession(SessionMode.NEW_SESSION)
					.withEnvironment(new EnvironmentPolicy(List.of("PATH"), Map.of("TOKEN", "t0p")))
					.withLimits(LimitsPolicy.undecided().withResource(Resource.OPEN_FILES, new Limit(256, 1024)))
					.withCredentials(new CredentialsPolicy("nobody", null, SupplementaryGroups.none()))
					.withSuccessExitCodes(Set.of(1, 0)));
		JsonNode detail = json(endpoint(Show.NEVER).subprocess("a", null)).get("detail");
		assertThat(detail).isEqualTo(
				tree("""
						{"policy":{"command":["ffmpeg","******","******"],"credentials.groups":"none","credentials.user":"nobody",
						"environment.inherit":["PATH"],"environment.set.TOKEN":"******","limits.open-files":"256:1024",
						"session":"new-session","success-exit-codes":[0,1],"umask":"0027"},
						"figures":{"pid":48213,"parent":1,"name":"ffmpeg","activity":"running","threads":3,
						"cpuTime":"PT1.5S","residentBytes":4096,"bytesRead":17},
						"tree":[{"pid":48300,"parent":48213,"name":"helper","activity":"running","threads":3,
						"cpuTime":"PT1.5S","residentBytes":4096,"bytesRead":17}],
						"descriptors":[{"number":0,"kind":"device","target":"******"},
						{"number":1,"kind":"pipe","target":"******"},{"number":5,"kind":"file","target":"******"}],
						"cgroup":{"cpuTime":"PT1.5S","throttledTime":"PT0S","memoryBytes":8192,"memoryPeakBytes":9000,
						"oomKills":0,"pids":4,"pidsRefused":2},
						"deadlinesLeft":{"wall":"PT28M30S","cpu":"PT1M"},"outputTail":"******"}"""));
		JsonNode shown = json(endpoint(Show.ALWAYS).subprocess("a", null)).get("detail");
		assertThat(shown.get("outputTail").asString()).isEqualTo("frame 1\n");
		assertThat(shown.get("descriptors").get(2).get("target").asString()).isEqualTo("/secret/place");
		assertThat(shown.get("policy").get("command")).isEqualTo(tree("[\"ffmpeg\",\"-i\",\"{in}\"]"));
		assertThat(shown.get("policy").get("environment.set.TOKEN").asString()).isEqualTo("******");
	}

	@Test
	void jsonOfTheDetailOfOneThatHasEnded() {
		this.processes.recent.add(Snapshots.ended("b", "render", new ExitStatus.Exited(0), ProcessOutcome.SUCCESS));
		JsonNode detail = json(endpoint(Show.ALWAYS).subprocess("b", null)).get("detail");
		assertThat(detail).isEqualTo(tree("""
				{"policy":{},"cgroup":{"cpuTime":"PT0.21S","memoryPeakBytes":9500,"oomKills":1},
				"errorTail":"the end\\n"}"""));
	}

	@Test
	void jsonOfALiveProcess() {
		this.processes.live.add(Snapshots.running("7f3a9c21", "transcode"));
		assertThat(json(endpoint(Show.NEVER).subprocesses(null, null, null))).isEqualTo(tree("""
				{"live":1,"started":1542,"failedToStart":3,"rejected":0,
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
		assertThat(json(listed("a"))).isEqualTo(tree("""
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
		assertThat(json(listed("a"))).isEqualTo(tree("""
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
		JsonNode recent = json(endpoint(Show.NEVER).subprocesses(null, null, null)).get("recent");
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
		JsonNode process = json(endpoint(Show.NEVER).subprocess("a", null));
		assertThat(process.get("treeEnded").asInt()).isEqualTo(3);
		assertThat(process.get("leftOvers")).isEqualTo(tree("""
				[{"pid":47999,"name":"spooler","reason":"not-adopted"}]"""));
	}

	private SubprocessesEndpoint endpoint(Show showValues, SanitizingFunction... functions) {
		Clock clock = Clock.fixed(Snapshots.STARTED.plus(Duration.ofSeconds(90)), ZoneOffset.UTC);
		return new SubprocessesEndpoint(this.processes, List.of(functions), showValues,
				(event) -> this.audit.add(((AuditApplicationEvent) event).getAuditEvent()), clock);
	}

	private SubprocessDescriptor listed(String id) {
		SubprocessesDescriptor all = endpoint(Show.NEVER).subprocesses(null, null, null);
		return Stream.concat(all.subprocesses().values().stream(), all.recent().stream())
			.filter((process) -> process.id().equals(id))
			.findFirst()
			.orElseThrow();
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
