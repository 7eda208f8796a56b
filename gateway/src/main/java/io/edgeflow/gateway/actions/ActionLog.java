package io.edgeflow.gateway.actions;

import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;

/** Takes the events of actions; it must not block. */
@FunctionalInterface
public interface ActionLog {
  void event(EventSeverity severity, String type, String message, SortedMap<String, String> detail);
}
