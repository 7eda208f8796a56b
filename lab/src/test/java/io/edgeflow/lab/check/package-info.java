@NullMarked
package io.edgeflow.lab.check;

import org.jspecify.annotations.NullMarked;
