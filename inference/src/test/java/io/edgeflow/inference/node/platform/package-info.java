@NullMarked
package io.edgeflow.inference.node.platform;

import org.jspecify.annotations.NullMarked;
