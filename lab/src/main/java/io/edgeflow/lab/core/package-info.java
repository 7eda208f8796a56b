/**
 * The core of an edge in this JVM, on a disk of the drill's own, with sensors that hand their
 * messages to it directly.
 */
@NullMarked
package io.edgeflow.lab.core;

import org.jspecify.annotations.NullMarked;
