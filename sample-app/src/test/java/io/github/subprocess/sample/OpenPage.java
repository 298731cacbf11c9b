// SPDX-License-Identifier: Apache-2.0
package io.github.subprocess.sample;

/**
 * The page in a browser, over a service that works on files.
 */
@FileServiceTest
abstract class OpenPage extends PageInBrowser {

}
