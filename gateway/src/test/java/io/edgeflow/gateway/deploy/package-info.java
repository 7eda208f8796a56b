@NullMarked
package io.edgeflow.gateway.deploy;

import org.jspecify.annotations.NullMarked;
