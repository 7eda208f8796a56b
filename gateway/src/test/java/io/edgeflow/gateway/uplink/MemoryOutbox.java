package io.edgeflow.gateway.uplink;

import io.edgeflow.gateway.outbox.FramePage;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.outbox.PageRequest;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.HeldIncarnation;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Frames of one lane, in memory; from any thread. */
public final class MemoryOutbox implements Outbox {
  private final Map<Long, byte[]> pending = new ConcurrentSkipListMap<>();
  private final WaitingFrames waiting = new WaitingFrames();
  private final List<FrameId> offered = new ArrayList<>();
  private volatile @Nullable Listener listener;

  public void add(OutgoingFrame frame, byte[] bytes) {
    pending.put(frame.id().number(), bytes);
    waiting.add(frame);
    Listener hears = listener;
    if (hears != null) {
      hears.frame(frame);
    }
  }

  public int pending() {
    return pending.size();
  }

  @Override
  public void subscribe(Listener newest) {
    listener = newest;
  }

  @Override
  public void page(PageRequest request, Consumer<FramePage> receiver) {
    receiver.accept(waiting.page(request));
  }

  @Override
  public synchronized CompletableFuture<Void> offer(FrameId anyOfBlock) {
    offered.add(anyOfBlock);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public byte[] read(OutgoingFrame frame) throws IOException {
    byte[] bytes = pending.get(frame.id().number());
    if (bytes == null) {
      throw new IOException("settled meanwhile");
    }
    return bytes;
  }

  @Override
  public CompletableFuture<Void> lost(OutgoingFrame frame) {
    waiting.remove(frame.id().lane(), frame.id().number(), frame.id().number());
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> settle(Acknowledgement acknowledgement) {
    for (IncarnationVerdicts incarnation : acknowledgement.incarnations()) {
      for (LaneVerdicts lane : incarnation.lanes()) {
        for (VerdictRange range : lane.ranges()) {
          pending.keySet().removeIf(n -> n >= range.from() && n <= range.to());
          waiting.remove(lane.lane(), range.from(), range.to());
        }
      }
    }
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<Void> reconcile(Acknowledgement full) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletableFuture<List<HeldIncarnation>> account() {
    return CompletableFuture.completedFuture(
        List.of(new HeldIncarnation(Sample.INCARNATION, null, List.of())));
  }
}
