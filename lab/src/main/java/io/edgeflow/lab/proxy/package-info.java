/** A network that misbehaves on demand: a TCP proxy inside this process. */
@NullMarked
package io.edgeflow.lab.proxy;

import org.jspecify.annotations.NullMarked;
