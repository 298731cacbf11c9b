// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.spi;

/**
 * A file that a sandbox leaves to a child, or a folder with all in it.
 *
 * @param path where it is, absolute
 * @param read whether it may be read, and listed
 * @param write whether it may be changed, and what is in it made, renamed and removed
 * @param execute whether it may be executed
 * @param optional whether it is left out where it is missing; otherwise the start fails
 * @since 0.1.0
 */
public record SandboxPath(String path, boolean read, boolean write, boolean execute, boolean optional) {

}
