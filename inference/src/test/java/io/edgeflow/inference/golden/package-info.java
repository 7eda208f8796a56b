@NullMarked
package io.edgeflow.inference.golden;

import org.jspecify.annotations.NullMarked;
