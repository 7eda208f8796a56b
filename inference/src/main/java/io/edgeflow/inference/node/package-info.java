/**
 * The node: a process that reads a gateway's broker, scores, and writes the scores back. Here is
 * its composition root.
 */
@NullMarked
package io.edgeflow.inference.node;

import org.jspecify.annotations.NullMarked;
