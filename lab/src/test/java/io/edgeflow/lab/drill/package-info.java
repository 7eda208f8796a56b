@NullMarked
package io.edgeflow.lab.drill;

import org.jspecify.annotations.NullMarked;
