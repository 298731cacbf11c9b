// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.policy;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Credentials are merged field by field, and a number that the kernel takes for "no
 * change" is none.
 */
class CredentialsPolicyTests {

	@Test
	void fieldsAreMergedOneByOne() {
		CredentialsPolicy beneath = new CredentialsPolicy("media", "media", SupplementaryGroups.ofUser());
		CredentialsPolicy above = new CredentialsPolicy("www-data", null, SupplementaryGroups.none());
		assertThat(above.orElse(beneath))
			.isEqualTo(new CredentialsPolicy("www-data", "media", SupplementaryGroups.none()));
		assertThat(new CredentialsPolicy(null, null, null).orElse(beneath)).isEqualTo(beneath);
		assertThat(beneath.orElse(null)).isSameAs(beneath);
	}

	@Test
	void userCanBeSetBeforeItsGroupsAreDecided() {
		CredentialsPolicy user = new CredentialsPolicy("media", null, null);
		CredentialsPolicy groups = new CredentialsPolicy(null, null, SupplementaryGroups.none());
		assertThat(user.orElse(groups).groups()).isEqualTo(SupplementaryGroups.none());
	}

	@ParameterizedTest
	@ValueSource(strings = { "4294967295", "4294967296", "99999999999999999999" })
	void numbersThatNobodyCanHaveAreRefused(String number) {
		assertThatIllegalArgumentException().isThrownBy(() -> new CredentialsPolicy(number, null, null))
			.withMessageContaining("credentials.user must be between 0 and 4294967294")
			.withMessageContaining(number);
		assertThatIllegalArgumentException().isThrownBy(() -> new CredentialsPolicy(null, number, null))
			.withMessageContaining("credentials.group must be between");
		assertThatIllegalArgumentException().isThrownBy(() -> SupplementaryGroups.of("audio", number))
			.withMessageContaining("credentials.groups must be between");
	}

	@Test
	void largestNumberIsAccepted() {
		assertThat(new CredentialsPolicy("4294967294", "0", SupplementaryGroups.of("4294967294")).user())
			.isEqualTo("4294967294");
	}

	@Test
	void emptyNamesAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new CredentialsPolicy("", null, null))
			.withMessageContaining("credentials.user");
		assertThatIllegalArgumentException().isThrownBy(() -> new CredentialsPolicy(null, " ", null))
			.withMessageContaining("credentials.group");
		assertThatIllegalArgumentException().isThrownBy(() -> SupplementaryGroups.of(""))
			.withMessageContaining("credentials.groups");
	}

	@Test
	void emptyListOfGroupsIsNotTakenForTheDecisionToDropAll() {
		assertThatIllegalArgumentException().isThrownBy(SupplementaryGroups::of)
			.withMessageContaining("credentials.groups");
	}

	@Test
	void decisionsOnGroupsDiffer() {
		assertThat(List.of(SupplementaryGroups.none(), SupplementaryGroups.inherited(), SupplementaryGroups.ofUser(),
				SupplementaryGroups.of("audio"), SupplementaryGroups.of("video")))
			.doesNotHaveDuplicates();
		assertThat(SupplementaryGroups.of("audio", "44")).isEqualTo(SupplementaryGroups.of("audio", "44"));
	}

}
