// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

/**
 * A program that was started in the background.
 *
 * @param id the id that the launcher gave it
 * @param pid its process id
 */
record Job(String id, long pid) {

}
