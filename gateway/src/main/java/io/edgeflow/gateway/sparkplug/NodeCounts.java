package io.edgeflow.gateway.sparkplug;

import java.util.concurrent.atomic.AtomicLong;

/** What happened to a node. Written by the owner thread, read by any. */
final class NodeCounts {
  final AtomicLong births = new AtomicLong();
  final AtomicLong deaths = new AtomicLong();
  final AtomicLong gaps = new AtomicLong();
  final AtomicLong lost = new AtomicLong();
  final AtomicLong untaken = new AtomicLong();
  final AtomicLong rebirths = new AtomicLong();
}
