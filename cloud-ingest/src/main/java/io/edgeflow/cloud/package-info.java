/** The cloud process and its composition root. */
@NullMarked
package io.edgeflow.cloud;

import org.jspecify.annotations.NullMarked;
