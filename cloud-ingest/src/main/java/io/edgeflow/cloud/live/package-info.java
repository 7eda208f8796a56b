/** Shows what was just committed to whoever watches. */
@NullMarked
package io.edgeflow.cloud.live;

import org.jspecify.annotations.NullMarked;
