/** Tests with a real broker and real clients. */
@NullMarked
package io.edgeflow.process.mqtt;

import org.jspecify.annotations.NullMarked;
