@NullMarked
package io.edgeflow.lab.exchange;

import org.jspecify.annotations.NullMarked;
