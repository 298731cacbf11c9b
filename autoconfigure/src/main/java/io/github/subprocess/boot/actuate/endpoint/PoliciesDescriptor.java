// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.boot.actuate.endpoint;

import java.util.Map;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Description of all policies of a launcher.
 *
 * @param policies the policies by name
 * @since 0.1.0
 */
public record PoliciesDescriptor(Map<String, PolicyDescriptor> policies) implements OperationResponseBody {

}
