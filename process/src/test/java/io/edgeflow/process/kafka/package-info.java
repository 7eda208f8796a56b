@NullMarked
package io.edgeflow.process.kafka;

import org.jspecify.annotations.NullMarked;
