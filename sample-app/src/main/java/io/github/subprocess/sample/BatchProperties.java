// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What runs once at the start.
 *
 * @param enabled whether anything does
 * @param policies the policies that each file goes through
 */
@ConfigurationProperties("sample.batch")
record BatchProperties(@DefaultValue("true") boolean enabled, @DefaultValue( {
		"checksum", "compress", "count" }) List<String> policies){

}
