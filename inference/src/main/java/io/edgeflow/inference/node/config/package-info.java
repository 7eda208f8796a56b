/** The configuration of a node. */
@NullMarked
package io.edgeflow.inference.node.config;

import org.jspecify.annotations.NullMarked;
