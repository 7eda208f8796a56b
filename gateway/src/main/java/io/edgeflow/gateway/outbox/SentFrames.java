package io.edgeflow.gateway.outbox;

import io.edgeflow.wire.document.RangeSet;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Which frames this process has sent. Only of these a verdict is taken: a copy of the data
 * directory may have used the same numbers for other content, and all copies hear the same answers
 * (J4). What was sent is judged by its content. Nothing of it survives a restart: what waits then
 * is sent once more, and the cloud knows it again.
 *
 * <p>Memory: a range for every gap between the numbers that were sent, and what the {@value
 * #CONTENTS} that were sent last contained, about 100 bytes each. Who finds no content any more
 * knows as little as after a restart, and does as then: no verdict is taken that depends on it, the
 * frame goes once more. Safe from any thread.
 */
public final class SentFrames {
  /** More than the uplink has in its hands at a time, in all lanes: 12 288. */
  public static final int CONTENTS = 1 << 14;

  private final Map<Incarnation, Map<Lane, RangeSet>> numbers = new HashMap<>();
  private final Map<FrameId, Integer> contents =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<FrameId, Integer> eldest) {
          return size() > CONTENTS;
        }
      };

  /**
   * @param content the identity of what was sent (L1)
   */
  public synchronized void add(FrameId id, int content) {
    add(id);
    // Removed first: what is sent again is the newest, not as old as the first time.
    contents.remove(id);
    contents.put(id, content);
  }

  /** The identity of what was sent under this name, if that was lately. */
  public synchronized OptionalInt content(FrameId id) {
    Integer content = contents.get(id);
    return content == null ? OptionalInt.empty() : OptionalInt.of(content);
  }

  public synchronized void add(FrameId id) {
    numbers
        .computeIfAbsent(id.incarnation(), unknown -> new EnumMap<>(Lane.class))
        .computeIfAbsent(id.lane(), unknown -> new RangeSet())
        .add(id.number());
  }

  /** It is as if it was never sent: the next verdict on it must be of its own bytes again. */
  public synchronized void remove(FrameId id) {
    RangeSet sent = find(id.incarnation(), id.lane());
    if (sent != null) {
      sent.remove(id.number(), id.number());
    }
    contents.remove(id);
  }

  public synchronized boolean contains(Incarnation incarnation, Lane lane, long number) {
    RangeSet sent = find(incarnation, lane);
    return sent != null && sent.contains(number);
  }

  /** The numbers from the first to the last, both included, that were sent; a copy. */
  public synchronized RangeSet within(Incarnation incarnation, Lane lane, long from, long to) {
    RangeSet sent = find(incarnation, lane);
    return sent == null ? new RangeSet() : sent.intersection(from, to);
  }

  private @Nullable RangeSet find(Incarnation incarnation, Lane lane) {
    Map<Lane, RangeSet> lanes = numbers.get(incarnation);
    return lanes == null ? null : lanes.get(lane);
  }
}
