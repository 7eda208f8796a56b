@NullMarked
package io.edgeflow.lab.torn;

import org.jspecify.annotations.NullMarked;
