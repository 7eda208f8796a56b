@NullMarked
package io.edgeflow.lab.fleet;

import org.jspecify.annotations.NullMarked;
