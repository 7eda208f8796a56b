@NullMarked
package io.edgeflow.gateway.actions;

import org.jspecify.annotations.NullMarked;
