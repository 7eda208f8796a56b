@NullMarked
package io.edgeflow.cloud.store;

import org.jspecify.annotations.NullMarked;
