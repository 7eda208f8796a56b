@NullMarked
package io.edgeflow.cloud.operator;

import org.jspecify.annotations.NullMarked;
