package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.BacklogOrder;
import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Lane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;

/** The frames of one incarnation that wait for a verdict, as a ledger would know them. */
final class WaitingFrames {
  private final Map<Lane, NavigableMap<Long, OutgoingFrame>> frames = new EnumMap<>(Lane.class);

  WaitingFrames() {
    for (Lane lane : Lane.values()) {
      frames.put(lane, new ConcurrentSkipListMap<>());
    }
  }

  void add(OutgoingFrame frame) {
    of(frame.id().lane()).put(frame.id().number(), frame);
  }

  void remove(Lane lane, long from, long to) {
    of(lane).subMap(from, true, to, true).clear();
  }

  boolean contains(FrameId id) {
    return of(id.lane()).containsKey(id.number());
  }

  int size() {
    return frames.values().stream().mapToInt(Map::size).sum();
  }

  FramePage page(PageRequest request) {
    FrameId after = request.after();
    NavigableMap<Long, OutgoingFrame> inOrder = of(request.lane());
    if (request.order() == BacklogOrder.NEWEST) {
      inOrder = inOrder.descendingMap();
    }
    List<OutgoingFrame> rest =
        List.copyOf((after == null ? inOrder : inOrder.tailMap(after.number(), false)).values());
    int most = Math.min(request.most(), rest.size());
    return new FramePage(rest.subList(0, most), most == rest.size());
  }

  private NavigableMap<Long, OutgoingFrame> of(Lane lane) {
    return Objects.requireNonNull(frames.get(lane));
  }
}
