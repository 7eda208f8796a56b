/** History as text: what lines of files say, and the frames that are made of it. No network. */
@NullMarked
package io.edgeflow.cloud.files;

import org.jspecify.annotations.NullMarked;
