@NullMarked
package io.edgeflow.process.lifecycle;

import org.jspecify.annotations.NullMarked;
