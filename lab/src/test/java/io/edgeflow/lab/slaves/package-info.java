@NullMarked
package io.edgeflow.lab.slaves;

import org.jspecify.annotations.NullMarked;
