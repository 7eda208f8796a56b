@NullMarked
package io.edgeflow.process.link;

import org.jspecify.annotations.NullMarked;
