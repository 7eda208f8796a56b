@NullMarked
package io.edgeflow.lab.tail;

import org.jspecify.annotations.NullMarked;
