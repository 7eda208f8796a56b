@NullMarked
package io.edgeflow.gateway.site;

import org.jspecify.annotations.NullMarked;
