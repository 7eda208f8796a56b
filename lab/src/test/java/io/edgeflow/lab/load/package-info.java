@NullMarked
package io.edgeflow.lab.load;

import org.jspecify.annotations.NullMarked;
