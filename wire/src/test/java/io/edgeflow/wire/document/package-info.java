@NullMarked
package io.edgeflow.wire.document;

import org.jspecify.annotations.NullMarked;
