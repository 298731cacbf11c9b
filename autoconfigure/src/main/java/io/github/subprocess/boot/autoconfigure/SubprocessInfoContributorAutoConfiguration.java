// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.autoconfigure;

import io.github.subprocess.ProcessLauncher;
import io.github.subprocess.boot.actuate.info.SubprocessInfoContributor;

import org.springframework.boot.actuate.autoconfigure.info.ConditionalOnEnabledInfoContributor;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;

/**
 * Auto-configuration for the {@link SubprocessInfoContributor}.
 *
 * @since 0.1.0
 */
@AutoConfiguration(after = SubprocessAutoConfiguration.class)
@ConditionalOnClass({ InfoContributor.class, ConditionalOnEnabledInfoContributor.class })
@ConditionalOnEnabledInfoContributor("subprocess")
@ConditionalOnSingleCandidate(ProcessLauncher.class)
public final class SubprocessInfoContributorAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	SubprocessInfoContributor subprocessInfoContributor(ProcessLauncher processLauncher) {
		return new SubprocessInfoContributor(processLauncher);
	}

}
