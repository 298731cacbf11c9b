// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.internal.plan;

import java.util.List;
import java.util.Map;

import io.github.subprocess.policy.CredentialsPolicy;
import io.github.subprocess.policy.ProcessPolicy;
import io.github.subprocess.policy.SupplementaryGroups;
import io.github.subprocess.spi.ChildAttributes;
import io.github.subprocess.spi.SystemCallFailure;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Users and groups become numbers before birth, and no decision is made by accident.
 */
class CredentialsTests {

	private final FakeUserDatabase database = new FakeUserDatabase();

	private final PlanCompiler compiler = new PlanCompiler(Map.of(), this.database);

	@Test
	void userBringsItsOwnGroup() {
		ChildAttributes attributes = compile("media", null, SupplementaryGroups.none());
		assertThat(attributes.user()).isEqualTo(1001);
		assertThat(attributes.group()).isEqualTo(2001);
		assertThat(attributes.groups()).isEmpty();
	}

	@Test
	void groupThatIsDecidedWins() {
		assertThat(compile("media", "audio", SupplementaryGroups.none()).group()).isEqualTo(29);
		assertThat(compile("media", "77", SupplementaryGroups.none()).group()).isEqualTo(77);
	}

	@Test
	void numbersAreNotLookedUpWhenNothingElseHasToBeKnown() {
		ChildAttributes attributes = compile("4711", "4712", SupplementaryGroups.of("4713"));
		assertThat(attributes.user()).isEqualTo(4711);
		assertThat(attributes.group()).isEqualTo(4712);
		assertThat(attributes.groups()).containsExactly(4713L);
		assertThat(this.database.questions).isEmpty();
	}

	@Test
	void numberThatIsInTheDatabaseBringsItsGroup() {
		ChildAttributes attributes = compile("1001", null, SupplementaryGroups.none());
		assertThat(attributes.user()).isEqualTo(1001);
		assertThat(attributes.group()).isEqualTo(2001);
	}

	@Test
	void numberThatIsNotInTheDatabaseNeedsAGroup() {
		assertRefused("4711", null, SupplementaryGroups.none())
			.withMessageContaining("credentials.group must be decided")
			.withMessageContaining("4711");
	}

	@Test
	void groupsOfTheUserAreThoseOfItsLogin() {
		assertThat(compile("media", null, SupplementaryGroups.ofUser()).groups()).containsExactly(2001L, 29L, 44L);
		assertThat(compile("1001", "77", SupplementaryGroups.ofUser()).groups()).containsExactly(77L, 29L, 44L);
	}

	@Test
	void groupsOfNobodyCannotBeTaken() {
		assertRefused("4711", "4712", SupplementaryGroups.ofUser())
			.withMessageContaining("credentials.groups cannot be those of a user that does not exist: 4711");
		assertRefused(null, "audio", SupplementaryGroups.ofUser())
			.withMessageContaining("credentials.groups cannot be those of the user when user is not set");
	}

	@Test
	void groupsByNameAndNumber() {
		assertThat(compile("media", null, SupplementaryGroups.of("video", "7")).groups()).containsExactly(44L, 7L);
	}

	@Test
	void groupsOfTheJvmAreKeptByDecisionOnly() {
		ChildAttributes attributes = compile("media", null, SupplementaryGroups.inherited());
		assertThat(attributes.groups()).isNull();
		assertThat(attributes.inheritsGroups()).isTrue();
		assertRefused("media", null, null).withMessageContaining("groups must be decided when user is set");
		assertRefused("0", "0", null).withMessageContaining("groups must be decided when user is set");
	}

	@Test
	void groupAndGroupsCanBeSetWithoutUser() {
		ChildAttributes attributes = compile(null, "audio", SupplementaryGroups.none());
		assertThat(attributes.user()).isNull();
		assertThat(attributes.group()).isEqualTo(29);
		assertThat(attributes.groups()).isEmpty();
		assertThat(compile(null, "audio", null).groups()).isNull();
		assertThat(compile(null, null, SupplementaryGroups.of("video")).groups()).containsExactly(44L);
	}

	@Test
	void unknownNamesAreRefusedByName() {
		assertRefused("nobody2", null, SupplementaryGroups.none())
			.withMessage("credentials.user 'nobody2' does not exist");
		assertRefused("media", "medias", SupplementaryGroups.none())
			.withMessage("credentials.group 'medias' does not exist");
		assertRefused("media", null, SupplementaryGroups.of("audio", "odio"))
			.withMessage("credentials.groups 'odio' does not exist");
	}

	@Test
	void databaseThatCannotBeAskedIsTheCause() {
		this.database.down = true;
		assertRefused("media", null, SupplementaryGroups.none())
			.withMessageContaining("credentials.user 'media' cannot be looked up")
			.withMessageContaining("EIO")
			.withCauseInstanceOf(SystemCallFailure.class);
		assertRefused("4711", "audio", SupplementaryGroups.none())
			.withMessageContaining("credentials.group 'audio' cannot be looked up");
	}

	@Test
	void nameThatWouldBeCutIsNotLookedUp() {
		assertRefused("root\0x", null, SupplementaryGroups.none()).withMessageContaining("credentials.user")
			.withMessageContaining("NUL");
		assertThat(this.database.questions).isEmpty();
	}

	@Test
	void mergedPolicyIsJudgedNotItsParts() {
		ProcessPolicy user = ProcessPolicy.undecided().withCredentials(new CredentialsPolicy("media", null, null));
		ProcessPolicy groups = ProcessPolicy.undecided()
			.withCredentials(new CredentialsPolicy(null, null, SupplementaryGroups.none()));
		assertThat(compile(user.orElse(groups)).groups()).isEmpty();
		assertThatIllegalArgumentException().isThrownBy(() -> compile(user.orElse(ProcessPolicy.defaults())));
	}

	private ThrowableAssertAlternative<IllegalArgumentException> assertRefused(@Nullable String user,
			@Nullable String group, @Nullable SupplementaryGroups groups) {
		return assertThatIllegalArgumentException().isThrownBy(() -> compile(user, group, groups));
	}

	private ChildAttributes compile(@Nullable String user, @Nullable String group,
			@Nullable SupplementaryGroups groups) {
		return compile(ProcessPolicy.undecided().withCredentials(new CredentialsPolicy(user, group, groups)));
	}

	private ChildAttributes compile(ProcessPolicy policy) {
		return this.compiler.compile(new CommandLine("/bin/true", List.of()), "none", policy).attributes();
	}

}
