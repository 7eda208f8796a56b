package io.edgeflow.gateway.nodes;

import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;

/** Where events go. Any thread; must not block. */
@FunctionalInterface
public interface NodeLog {
  void event(EventSeverity severity, String type, String message, SortedMap<String, String> detail);
}
