@NullMarked
package io.edgeflow.gateway.fetch;

import org.jspecify.annotations.NullMarked;
