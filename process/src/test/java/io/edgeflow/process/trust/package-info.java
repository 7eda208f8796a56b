@NullMarked
package io.edgeflow.process.trust;

import org.jspecify.annotations.NullMarked;
