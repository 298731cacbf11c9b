// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

/**
 * A piece of what a program wrote.
 *
 * @param stream {@code output} or {@code error}
 * @param skippedBytes how many bytes before it are missing: more was written between two
 * looks than is looked at, or it was written before the viewer came
 * @param text the piece
 */
record OutputChunk(String stream, long skippedBytes, String text) {

}
