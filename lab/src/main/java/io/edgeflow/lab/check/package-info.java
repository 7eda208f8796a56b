/** Tries a configuration before anybody depends on it. */
@NullMarked
package io.edgeflow.lab.check;

import org.jspecify.annotations.NullMarked;
