@NullMarked
package io.edgeflow.cloud.dashboard;

import org.jspecify.annotations.NullMarked;
