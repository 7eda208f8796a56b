/**
 * Thousands of simulated edges in one process. They speak the real protocol with the gateway's own
 * uplink; what is simulated is the plant, the disk and the network.
 */
@NullMarked
package io.edgeflow.lab.load;

import org.jspecify.annotations.NullMarked;
