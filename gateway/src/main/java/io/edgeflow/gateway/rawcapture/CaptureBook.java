package io.edgeflow.gateway.rawcapture;

import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.FrameId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which captures there are: the sum of the {@link CaptureChange}s. Owned by one thread. */
public final class CaptureBook {
  private final Map<String, Demand> demands = new LinkedHashMap<>();
  private final Map<String, Around> pending = new LinkedHashMap<>();
  private final SentMemory sent = new SentMemory();
  private CaptureChange.@Nullable Sent announced;

  /** Returns what is to be told. */
  public List<EventRow> apply(CaptureChange change) {
    return switch (change) {
      case CaptureChange.Began(Demand demand, EventRow event) -> {
        put(demand);
        yield List.of(event);
      }
      case CaptureChange.Ended(String id, EventRow event) -> {
        demands.remove(id);
        yield List.of(event);
      }
      case CaptureChange.Wanted(Around around) -> {
        put(around);
        yield List.of();
      }
      case CaptureChange.Sent next -> {
        announced = next;
        yield List.of();
      }
      case CaptureChange.Done(String id, List<EventRow> events) -> {
        pending.remove(id);
        yield events;
      }
    };
  }

  /** A frame of readings out of the journal is in the log: what was said of it holds. */
  public void numbered(FrameId frame) {
    CaptureChange.Sent next = announced;
    if (next != null && next.frame().equals(frame)) {
      next.stretches().forEach(sent::put);
    }
    announced = null;
  }

  /** As it is remembered, from a checkpoint. */
  public void put(Demand demand) {
    demands.put(demand.id(), demand);
  }

  /** As it is remembered, from a checkpoint. */
  public void put(Around around) {
    pending.put(around.stretch().id(), around);
  }

  public @Nullable Demand demand(String id) {
    return demands.get(id);
  }

  /** Oldest first. */
  public Collection<Demand> demands() {
    return Collections.unmodifiableCollection(demands.values());
  }

  /** Around alarms, and not all sent; oldest first. */
  public Collection<Around> pending() {
    return Collections.unmodifiableCollection(pending.values());
  }

  /** What was sent out of the journal. */
  public SentMemory sent() {
    return sent;
  }
}
