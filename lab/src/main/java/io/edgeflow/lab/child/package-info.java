/** The real processes of the product as children of a test, a demo or a drill. */
@NullMarked
package io.edgeflow.lab.child;

import org.jspecify.annotations.NullMarked;
