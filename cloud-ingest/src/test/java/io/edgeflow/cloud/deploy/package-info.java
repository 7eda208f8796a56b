@NullMarked
package io.edgeflow.cloud.deploy;

import org.jspecify.annotations.NullMarked;
