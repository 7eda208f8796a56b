/** Reference models as recipes that build them. */
@NullMarked
package io.edgeflow.models;

import org.jspecify.annotations.NullMarked;
