package io.edgeflow.gateway;

import io.edgeflow.gateway.commissioning.Ledger;
import io.edgeflow.gateway.config.GatewayConfig;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.gateway.uplink.Forwarder;
import io.edgeflow.gateway.uplink.Link;
import io.edgeflow.gateway.uplink.UplinkStatus;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What remembers and delivers: the recorder and the uplink of an edge process, put together as
 * there, without broker and pages. Fault drills live through hundreds of them in one JVM. Safe from
 * any thread.
 */
public final class EdgeCore implements AutoCloseable {
  private final String edge;
  private final Recorder recorder;
  private final Forwarder uplink;

  private volatile boolean finished;

  private EdgeCore(String edge, Recorder recorder, Forwarder uplink) {
    this.edge = edge;
    this.recorder = recorder;
    this.uplink = uplink;
  }

  /**
   * Recovers what is in the data directory, and begins to take and to send.
   *
   * @param onBroken hears if nothing can be recorded any more; a process would end
   * @throws IOException if the directory cannot be used
   */
  public static EdgeCore open(
      GatewayConfig config, Surroundings surroundings, Consumer<Throwable> onBroken)
      throws IOException {
    return open(
        config.edge(),
        RecorderParts.open(config, surroundings, rejects(surroundings), onBroken),
        recorder -> UplinkParts.open(config, surroundings, recorder));
  }

  /** As the other one, over any link. */
  public static EdgeCore open(
      GatewayConfig config, Surroundings surroundings, Consumer<Throwable> onBroken, Link link)
      throws IOException {
    return open(
        config.edge(),
        RecorderParts.open(config, surroundings, rejects(surroundings), onBroken),
        recorder -> UplinkParts.open(config, surroundings, recorder, link));
  }

  private static RejectLog rejects(Surroundings surroundings) {
    return new RejectLog(surroundings.wallMicros());
  }

  private static EdgeCore open(String edge, Recorder recorder, Function<Recorder, Forwarder> uplink)
      throws IOException {
    boolean opened = false;
    try {
      EdgeCore core = new EdgeCore(edge, recorder, uplink.apply(recorder));
      opened = true;
      return core;
    } finally {
      if (!opened) {
        recorder.close();
      }
    }
  }

  public Recorder recorder() {
    return recorder;
  }

  public UplinkStatus uplink() {
    return uplink.status();
  }

  /** As {@code GET /api/v1/ledger} would tell it. */
  public CompletableFuture<Ledger> ledger() {
    return recorder.figures().thenApply(figures -> EdgeViews.ledger(edge, figures));
  }

  /** Ends the incarnation and lets its last frames go, as a process that is told to end (J4). */
  public void finish() throws InterruptedException {
    UplinkParts.finish(recorder, uplink);
    finished = true;
  }

  /** Ends its threads, without ending the incarnation unless {@link #finish} was called. */
  @Override
  public void close() throws IOException {
    if (!finished) {
      uplink.close();
    }
    recorder.close();
  }
}
