/** Tests of the recipes. */
@NullMarked
package io.edgeflow.models;

import org.jspecify.annotations.NullMarked;
