/**
 * From readings to scores: what a bundle says becomes a model in a slot, readings become its rows,
 * and what it answers becomes readings of derived series.
 */
@NullMarked
package io.edgeflow.inference.scoring;

import org.jspecify.annotations.NullMarked;
