@NullMarked
package io.edgeflow.cloud;

import org.jspecify.annotations.NullMarked;
