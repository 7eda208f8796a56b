@NullMarked
package io.edgeflow.lab.publish;

import org.jspecify.annotations.NullMarked;
