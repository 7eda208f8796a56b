/** A real gateway whose process dies at a chosen operation of its disk. */
@NullMarked
package io.edgeflow.lab.doom;

import org.jspecify.annotations.NullMarked;
