@NullMarked
package io.edgeflow.gateway.site.mandate;

import org.jspecify.annotations.NullMarked;
