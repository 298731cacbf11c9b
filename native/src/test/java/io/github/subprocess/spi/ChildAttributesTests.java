// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The last line of defence before numbers are handed over.
 */
class ChildAttributesTests {

	@Test
	void userNeedsADecisionOnGroups() {
		assertThatIllegalArgumentException().isThrownBy(() -> ChildAttributes.builder().user(1001L).build())
			.withMessageContaining("groups must be decided when user is set");
		assertThat(ChildAttributes.builder().user(1001L).groups(List.of()).build().groups()).isEmpty();
		assertThat(ChildAttributes.builder().user(1001L).inheritGroups().build().groups()).isNull();
	}

	@Test
	void groupsAreNotBothSetAndInherited() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ChildAttributes.builder().groups(List.of(5L)).inheritGroups().build())
			.withMessageContaining("groups");
	}

	@Test
	void idsThatMeanNoChangeAreRefused() {
		long noChange = 0xFFFF_FFFFL;
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ChildAttributes.builder().user(noChange).groups(List.of()).build())
			.withMessageContaining("user must be between");
		assertThatIllegalArgumentException().isThrownBy(() -> ChildAttributes.builder().group(noChange).build())
			.withMessageContaining("group must be between");
		assertThatIllegalArgumentException().isThrownBy(() -> ChildAttributes.builder().groups(List.of(-1L)).build())
			.withMessageContaining("groups must be between");
	}

}
