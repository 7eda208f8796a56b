/** The commands of {@code ./edgeflow model}. */
@NullMarked
package io.edgeflow.models.cli;

import org.jspecify.annotations.NullMarked;
