@NullMarked
package io.edgeflow.gateway.recorder;

import org.jspecify.annotations.NullMarked;
