/**
 * Looks at where versions of programs are announced, and starts the configured rollout of what
 * somebody has published under that version. Nobody vouches for a tag: it only makes the cloud look
 * for a signed bundle.
 */
@NullMarked
package io.edgeflow.cloud.watch;

import org.jspecify.annotations.NullMarked;
