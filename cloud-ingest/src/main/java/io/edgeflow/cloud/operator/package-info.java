/** What an operator asks a running cloud for, on a terminal. */
@NullMarked
package io.edgeflow.cloud.operator;

import org.jspecify.annotations.NullMarked;
