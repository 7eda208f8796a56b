@NullMarked
package io.edgeflow.cloud.publish;

import org.jspecify.annotations.NullMarked;
