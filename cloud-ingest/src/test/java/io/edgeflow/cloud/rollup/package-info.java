@NullMarked
package io.edgeflow.cloud.rollup;

import org.jspecify.annotations.NullMarked;
