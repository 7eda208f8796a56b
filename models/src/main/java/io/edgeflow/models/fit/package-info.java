/** The arithmetic of fitting. */
@NullMarked
package io.edgeflow.models.fit;

import org.jspecify.annotations.NullMarked;
