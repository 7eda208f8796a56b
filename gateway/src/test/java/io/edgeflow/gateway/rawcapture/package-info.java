@NullMarked
package io.edgeflow.gateway.rawcapture;

import org.jspecify.annotations.NullMarked;
