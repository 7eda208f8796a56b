@NullMarked
package io.edgeflow.cloud.intake;

import org.jspecify.annotations.NullMarked;
