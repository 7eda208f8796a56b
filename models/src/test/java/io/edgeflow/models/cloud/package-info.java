/** Tests of reading a cloud's history, over HTTP. */
@NullMarked
package io.edgeflow.models.cloud;

import org.jspecify.annotations.NullMarked;
