/** What the machine tells of its accelerators. Where it does not tell there is nothing, never 0. */
@NullMarked
package io.edgeflow.inference.node.platform;

import org.jspecify.annotations.NullMarked;
