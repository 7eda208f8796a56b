/** A broker of somebody else's make. */
@NullMarked
package io.edgeflow.mosquitto;

import org.jspecify.annotations.NullMarked;
