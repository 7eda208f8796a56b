/** The unit that is numbered, sent, stored and acknowledged, and its binary form. */
@NullMarked
package io.edgeflow.wire.frame;

import org.jspecify.annotations.NullMarked;
