/** How a process starts, stops and ends. */
@NullMarked
package io.edgeflow.process.lifecycle;

import org.jspecify.annotations.NullMarked;
