@NullMarked
package io.edgeflow.lab.proxy;

import org.jspecify.annotations.NullMarked;
