@NullMarked
package io.edgeflow.lab.bench;

import org.jspecify.annotations.NullMarked;
