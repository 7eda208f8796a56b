@NullMarked
package io.edgeflow.gateway.bundles;

import org.jspecify.annotations.NullMarked;
