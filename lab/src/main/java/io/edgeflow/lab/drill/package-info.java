/**
 * {@code ./edgeflow drill}: the real processes under load and under attack, and afterwards the
 * question whether anything that was acknowledged is missing or counted twice.
 */
@NullMarked
package io.edgeflow.lab.drill;

import org.jspecify.annotations.NullMarked;
