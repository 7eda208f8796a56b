@NullMarked
package io.edgeflow.inference.node.config;

import org.jspecify.annotations.NullMarked;
