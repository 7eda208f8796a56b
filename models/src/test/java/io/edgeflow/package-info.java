@NullMarked
package io.edgeflow;

import org.jspecify.annotations.NullMarked;
