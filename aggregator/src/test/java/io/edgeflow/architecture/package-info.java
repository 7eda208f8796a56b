/** The rules of layering and style that every module's ArchitectureTest inherits. */
@NullMarked
package io.edgeflow.architecture;

import org.jspecify.annotations.NullMarked;
