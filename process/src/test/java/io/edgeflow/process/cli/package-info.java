@NullMarked
package io.edgeflow.process.cli;

import org.jspecify.annotations.NullMarked;
