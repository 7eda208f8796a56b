/** Tests of the commands. */
@NullMarked
package io.edgeflow.models.cli;

import org.jspecify.annotations.NullMarked;
