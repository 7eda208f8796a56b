@NullMarked
package io.edgeflow.inference.scoring;

import org.jspecify.annotations.NullMarked;
