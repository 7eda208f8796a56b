package io.edgeflow.gateway.rawcapture;

import io.edgeflow.wire.frame.EventRow;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which captures there are: the sum of the {@link CaptureChange}s. Owned by one thread. */
public final class CaptureBook {
  private final Map<String, Demand> demands = new LinkedHashMap<>();

  /** Returns what is to be told; null if the change is nothing to tell. */
  public @Nullable EventRow apply(CaptureChange change) {
    return switch (change) {
      case CaptureChange.Began(Demand demand, EventRow event) -> {
        put(demand);
        yield event;
      }
      case CaptureChange.Ended(String id, EventRow event) -> {
        demands.remove(id);
        yield event;
      }
    };
  }

  /** As it is remembered, from a checkpoint. */
  public void put(Demand demand) {
    demands.put(demand.id(), demand);
  }

  public @Nullable Demand demand(String id) {
    return demands.get(id);
  }

  /** Oldest first. */
  public Collection<Demand> demands() {
    return Collections.unmodifiableCollection(demands.values());
  }
}
