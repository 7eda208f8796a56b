/**
 * Bundles and keys that come from the cloud, and how they stay: downloads that go on where they
 * ended and yield to telemetry, a folder of bundles that are complete, and the chain of keys.
 * Nothing that comes over the network is believed: each piece is held against what a publisher
 * signed.
 */
@NullMarked
package io.edgeflow.gateway.bundles;

import org.jspecify.annotations.NullMarked;
