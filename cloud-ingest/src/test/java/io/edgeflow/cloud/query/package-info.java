@NullMarked
package io.edgeflow.cloud.query;

import org.jspecify.annotations.NullMarked;
