/** Models that change places under load, and an account of which of them scored what. */
@NullMarked
package io.edgeflow.lab.exchange;

import org.jspecify.annotations.NullMarked;
