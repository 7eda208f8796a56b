/** What the command lines of all processes have in common. */
@NullMarked
package io.edgeflow.process.cli;

import org.jspecify.annotations.NullMarked;
