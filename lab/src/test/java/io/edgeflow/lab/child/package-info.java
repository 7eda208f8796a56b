@NullMarked
package io.edgeflow.lab.child;

import org.jspecify.annotations.NullMarked;
