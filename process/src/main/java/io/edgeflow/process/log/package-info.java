/** Where log lines go: one format for every process, on standard error. */
@NullMarked
package io.edgeflow.process.log;

import org.jspecify.annotations.NullMarked;
