/** The product as a whole: real processes, a real database, real sensors. */
@NullMarked
package io.edgeflow.lab.e2e;

import org.jspecify.annotations.NullMarked;
