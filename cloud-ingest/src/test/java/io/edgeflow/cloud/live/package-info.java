@NullMarked
package io.edgeflow.cloud.live;

import org.jspecify.annotations.NullMarked;
