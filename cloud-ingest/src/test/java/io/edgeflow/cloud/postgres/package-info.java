@NullMarked
package io.edgeflow.cloud.postgres;

import org.jspecify.annotations.NullMarked;
