/**
 * Damage to every file of a small data directory, one place after the other, and what the edge says
 * and delivers then (J2, J8).
 */
@NullMarked
package io.edgeflow.lab.torn;

import org.jspecify.annotations.NullMarked;
