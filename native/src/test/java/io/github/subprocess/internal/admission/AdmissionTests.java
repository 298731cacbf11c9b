// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.admission;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.github.subprocess.ProcessRejectedException;
import io.github.subprocess.policy.ConcurrencyPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Who goes in, and who waits for whom.
 */
@Timeout(60)
class AdmissionTests {

	private final Admission admission = new Admission(limit(3), Map.of("a", limit(1), "b", limit(2)));

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.admission.stop();
		this.threads.shutdown();
	}

	@Test
	void whoWaitsForHisPolicyTakesNothingFromOthers() {
		this.admission.enter(List.of("a"));
		enterLater("a");
		enterLater("a");
		this.admission.enter(List.of("b"));
		this.admission.enter(List.of("b"));
		assertThat(this.admission.waiting("a")).isEqualTo(2);
	}

	@Test
	void whoWaitsForTheLauncherIsNotPassedByOthers() throws Exception {
		Place first = this.admission.enter(List.of("b", "b", "c")).get(0);
		Future<List<Place>> eldest = enterLater("a");
		Future<List<Place>> younger = enterLater("c");
		first.giveBack();
		Place place = eldest.get(30, TimeUnit.SECONDS).get(0);
		assertThat(younger).isNotDone();
		place.giveBack();
		younger.get(30, TimeUnit.SECONDS);
	}

	@Test
	void groupGoesInAsAWholeAndIsNotStarvedBySingles() throws Exception {
		List<Place> taken = this.admission.enter(List.of("a", "b"));
		Future<List<Place>> group = enterLater("a", "b", "b");
		Future<List<Place>> single = enterLater("b");
		// one of the places of "b" is free, but set aside
		assertThat(single).isNotDone();
		taken.forEach(Place::giveBack);
		List<Place> places = group.get(30, TimeUnit.SECONDS);
		assertThat(places).hasSize(3);
		assertThat(single).isNotDone();
		places.get(2).giveBack();
		single.get(30, TimeUnit.SECONDS);
	}

	@Test
	void placeThatIsGivenBackTwiceIsOnePlace() {
		Place place = this.admission.enter(List.of("a")).get(0);
		place.giveBack();
		place.giveBack();
		this.admission.enter(List.of("a"));
		enterLater("a");
		assertThat(this.admission.waiting("a")).isOne();
	}

	@Test
	void groupThatCanNeverGoInIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.admission.enter(List.of("a", "b", "a")))
			.withMessageContaining("policy 'a', which is 1");
		assertThatIllegalArgumentException().isThrownBy(() -> this.admission.enter(List.of("b", "b", "c", "c")))
			.withMessageContaining("the launcher, which is 3");
	}

	@Test
	void queueOfTheLauncherDoesNotCountThoseWhoWaitForTheirPolicy() {
		Admission narrow = new Admission(limit(2).withQueue(1), Map.of("a", limit(1)));
		narrow.enter(List.of("a"));
		for (int i = 0; i < 5; i++) {
			this.threads.submit(() -> narrow.enter(List.of("a")));
		}
		await().until(() -> narrow.waiting("a") == 5);
		narrow.enter(List.of("c"));
		this.threads.submit(() -> narrow.enter(List.of("c")));
		await().until(() -> narrow.waiting("c") == 1);
		assertThatExceptionOfType(ProcessRejectedException.class).isThrownBy(() -> narrow.enter(List.of("c")))
			.withMessageContaining("the launcher");
		narrow.stop();
	}

	@Test
	void longestWaitIsNotTooLong() throws Exception {
		ConcurrencyPolicy patient = limit(1).withMaxWait(Duration.ofSeconds(Long.MAX_VALUE));
		Admission narrow = new Admission(patient, Map.of());
		Place place = narrow.enter(List.of("c")).get(0);
		Future<List<Place>> waiting = this.threads.submit(() -> narrow.enter(List.of("c")));
		await().until(() -> narrow.waiting("c") == 1);
		place.giveBack();
		waiting.get(30, TimeUnit.SECONDS);
	}

	@Test
	void groupsThatNeedEachOthersPlacesDoNotBlock() throws Exception {
		List<List<String>> groups = List.of(List.of("a", "b"), List.of("b", "a"), List.of("b", "b"), List.of("c"),
				List.of("a", "c", "b"));
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		Random random = new Random(11);
		List<Future<?>> all = IntStream.range(0, 5_000)
			.mapToObj((i) -> groups.get(random.nextInt(groups.size())))
			.<Future<?>>map((group) -> this.threads.submit(() -> {
				try {
					List<Place> places = this.admission.enter(group);
					most.accumulateAndGet(inside.addAndGet(places.size()), Math::max);
					inside.addAndGet(-places.size());
					places.forEach(Place::giveBack);
				}
				catch (ProcessRejectedException ex) {
					// more threads than may wait
				}
			}))
			.toList();
		for (Future<?> one : all) {
			one.get(60, TimeUnit.SECONDS);
		}
		assertThat(most).hasValueBetween(1, 3);
		assertThat(this.admission.enter(List.of("a", "b", "b"))).hasSize(3);
	}

	private Future<List<Place>> enterLater(String... policies) {
		int before = this.admission.waiting(policies[0]);
		Future<List<Place>> entry = this.threads.submit(() -> this.admission.enter(List.of(policies)));
		await().until(() -> this.admission.waiting(policies[0]) > before);
		return entry;
	}

	private static ConcurrencyPolicy limit(int limit) {
		return new ConcurrencyPolicy(limit, 1000, Duration.ZERO);
	}

}
