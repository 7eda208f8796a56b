/** {@code ./edgeflow demo}: cloud, gateway and a simulated plant, started and held to account. */
@NullMarked
package io.edgeflow.lab.demo;

import org.jspecify.annotations.NullMarked;
