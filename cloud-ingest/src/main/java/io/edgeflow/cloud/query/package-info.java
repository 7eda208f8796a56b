/** Answers questions about what is stored, over HTTP. */
@NullMarked
package io.edgeflow.cloud.query;

import org.jspecify.annotations.NullMarked;
