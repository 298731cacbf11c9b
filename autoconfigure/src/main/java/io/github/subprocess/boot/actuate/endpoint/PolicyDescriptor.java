// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of a policy after merging.
 *
 * @param values what it decides, by the key below {@code subprocess.policy.<name>}
 * @since 0.1.0
 */
public record PolicyDescriptor(Map<String, PolicyValueDescriptor> values) implements OperationResponseBody {

}
