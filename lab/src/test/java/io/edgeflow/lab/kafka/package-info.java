@NullMarked
package io.edgeflow.lab.kafka;

import org.jspecify.annotations.NullMarked;
