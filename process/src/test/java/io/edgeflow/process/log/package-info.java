@NullMarked
package io.edgeflow.process.log;

import org.jspecify.annotations.NullMarked;
