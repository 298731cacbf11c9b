// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Locale;

/**
 * Names of constants as they are written in YAML.
 */
final class Kebab {

	private Kebab() {
	}

	static String of(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
