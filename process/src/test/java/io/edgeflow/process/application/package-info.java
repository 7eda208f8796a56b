/** Tests of bundles of programs. */
@NullMarked
package io.edgeflow.process.application;

import org.jspecify.annotations.NullMarked;
