package io.edgeflow.gateway.buffer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.report.ReportRule;
import io.edgeflow.aggregator.window.WindowRule;
import io.edgeflow.gateway.capture.Submission;
import io.edgeflow.gateway.clock.OsSync;
import io.edgeflow.gateway.disk.NioDisk;
import io.edgeflow.gateway.fetch.FetchRoutes;
import io.edgeflow.gateway.journal.JournalSettings;
import io.edgeflow.gateway.outbox.Outbox;
import io.edgeflow.gateway.outbox.OutgoingFrame;
import io.edgeflow.gateway.rawcapture.http.CaptureRoutes;
import io.edgeflow.gateway.recorder.Acknowledge;
import io.edgeflow.gateway.recorder.EdgeTime;
import io.edgeflow.gateway.recorder.Recorder;
import io.edgeflow.gateway.recorder.RecorderSettings;
import io.edgeflow.gateway.recorder.RejectLog;
import io.edgeflow.gateway.recorder.SeriesPolicy;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.WebServer;
import io.edgeflow.process.http.WebSettings;
import io.edgeflow.process.lifecycle.EventLoop;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import io.edgeflow.wire.payload.PayloadParser;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;

/** An edge that records and answers over HTTP, with a cloud that commits everything, or nothing. */
final class RunningEdge implements AutoCloseable {
  static final long START_MICROS = 1_763_672_400_000_000L;

  private final Vertx vertx = EventLoop.start(1);
  private final Recorder recorder;
  private final WebServer server;
  private volatile boolean committing;

  RunningEdge(Path dataDir, boolean committing) throws IOException {
    this.committing = committing;
    recorder =
        Recorder.open(
            new RecorderSettings(
                "pi-7",
                new WindowRule(60_000_000, 0),
                Duration.ZERO,
                1024,
                1L << 30,
                0,
                Duration.ofDays(2),
                true,
                dataDir.resolve("backlog"),
                Acknowledge.SYNCED),
            new JournalSettings(
                dataDir.resolve("journal"), "pi-7", Duration.ZERO, Duration.ofMillis(50), 64 << 10),
            new NioDisk(),
            PayloadParser.standard(),
            new EdgeTime(
                () -> START_MICROS, System::nanoTime, () -> OsSync.YES, 300_000_000, START_MICROS),
            new Policy(),
            new RejectLog(() -> START_MICROS),
            new Random());
    recorder.start(Assertions::fail);
    recorder.outbox().subscribe(new Cloud());
    server =
        WebServer.start(
            vertx,
            WebSettings.of("127.0.0.1", 0),
            CaptureRoutes.add(
                FetchRoutes.add(
                    new Routes(), recorder::flightRecorder, () -> START_MICROS, ZoneOffset.UTC),
                recorder::captures,
                () -> START_MICROS));
  }

  private record Policy() implements SeriesPolicy {
    @Override
    public Shape shape(String series, boolean text) {
      return new Shape(text ? Kind.TEXT : Kind.GAUGE, "");
    }

    @Override
    public ReportRule report(String series) {
      return series.startsWith("all/") ? new ReportRule.All() : ReportRule.NONE;
    }

    @Override
    public int maxSeries() {
      return 1_000;
    }
  }

  URI address() {
    return server.address();
  }

  Recorder recorder() {
    return recorder;
  }

  /** Whether the cloud commits what it gets from now on. */
  void commit(boolean everything) {
    committing = everything;
  }

  /** Numbers all that is open, and waits until it is on the disk. */
  void seal() throws InterruptedException {
    recorder.seal(Duration.ofSeconds(10));
  }

  /** Until the journal has it. */
  void publish(String series, String payload) throws InterruptedException {
    Submission submission =
        Submission.mqtt("sensors/" + series, payload.getBytes(UTF_8), System.nanoTime());
    assertTrue(recorder.intake().offer(submission), "the queue is full");
    CountDownLatch settled = new CountDownLatch(1);
    submission.whenSettled(settled::countDown);
    assertTrue(settled.await(10, TimeUnit.SECONDS) && submission.safe(), "not journaled in 10 s");
  }

  private final class Cloud implements Outbox.Listener {
    @Override
    public void frame(OutgoingFrame frame) {
      if (committing) {
        send(frame);
        FrameId id = frame.id();
        VerdictRange range = new VerdictRange(id.number(), id.number(), Verdict.COMMITTED, "");
        LaneVerdicts lane = new LaneVerdicts(id.lane(), List.of(range));
        var verdicts = List.of(new IncarnationVerdicts(id.incarnation(), List.of(lane)));
        var _ =
            recorder
                .outbox()
                .settle(new Acknowledgement(false, "1/1", START_MICROS, 1 << 20, 1, verdicts));
      }
    }

    private void send(OutgoingFrame frame) {
      try {
        recorder.outbox().read(frame);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void reopened(Lane lane) {}

    @Override
    public void gone(Incarnation incarnation, Lane lane, long from, long to) {}
  }

  @Override
  public void close() throws IOException {
    server.close();
    recorder.close();
    EventLoop.close(vertx);
  }
}
