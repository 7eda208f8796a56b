@NullMarked
package io.edgeflow.lab.sim;

import org.jspecify.annotations.NullMarked;
