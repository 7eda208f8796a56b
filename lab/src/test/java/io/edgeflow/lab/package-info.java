@NullMarked
package io.edgeflow.lab;

import org.jspecify.annotations.NullMarked;
