/** The files of {@code config} for other tools, held against what this process really offers. */
@NullMarked
package io.edgeflow.cloud.watching;

import org.jspecify.annotations.NullMarked;
