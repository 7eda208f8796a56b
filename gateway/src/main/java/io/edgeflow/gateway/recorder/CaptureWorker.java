package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;
import io.edgeflow.gateway.rawcapture.Around;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one pass after the other. {@link #close} from any thread, the others from the owner's. */
final class CaptureWorker implements AutoCloseable {
  /** About ten minutes of 160 readings a second. */
  static final int MOST_READINGS = 100_000;

  private static final long CLOSE_MILLIS = 2_000;

  private final Journal journal;
  private final FetchLane lane;
  private final FetchLane.Job job =
      new FetchLane.Job(FetchLane.Bound.OWN, false, place -> List.of());

  private record Running(CapturePass pass, Thread thread) {}

  private volatile @Nullable Running running;
  private volatile boolean closed;

  CaptureWorker(Journal journal, FetchLane lane) {
    this.journal = journal;
    this.lane = lane;
  }

  /**
   * While none runs.
   *
   * @param ended called at the end, on the thread of the pass
   */
  void run(List<Around> wanted, Consumer<CapturePass> ended) {
    if (closed) {
      return;
    }
    CapturePass pass = new CapturePass(wanted, MOST_READINGS, journal, lane, job, ended);
    Thread thread = Thread.ofPlatform().name("edgeflow-captures").daemon().unstarted(pass);
    running = new Running(pass, thread);
    thread.start();
  }

  /** Ends what runs; nothing is numbered for it afterwards. */
  @Override
  public void close() {
    closed = true;
    Running last = running;
    if (last != null) {
      last.pass.close();
      try {
        last.thread.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
