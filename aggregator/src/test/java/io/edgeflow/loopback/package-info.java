/** Addresses of tests. */
@NullMarked
package io.edgeflow.loopback;

import org.jspecify.annotations.NullMarked;
