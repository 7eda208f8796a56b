package io.edgeflow.gateway.recorder;

import io.edgeflow.gateway.journal.Journal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The raw readings that are still in the journal, for whoever wants some of them in the cloud
 * (J10). One fetch at a time; it ends with the process, and what it had numbered by then is sent.
 * Any thread may call.
 */
public final class FlightRecorder implements AutoCloseable {
  private static final int REMEMBERED = 8;
  private static final long CLOSE_MILLIS = 2_000;

  /** What became of a request. */
  public sealed interface Answer {
    record Begun(FetchStatus status) implements Answer {}

    /** This one must end first. */
    record Busy(FetchStatus running) implements Answer {}

    record Closed() implements Answer {}
  }

  private record Running(Fetch fetch, Thread thread) {}

  private final FetchLane lane;
  private final Journal journal;

  // Guarded by this.
  private final Deque<Running> fetches = new ArrayDeque<>();
  private boolean closed;

  FlightRecorder(FetchLane lane, Journal journal) {
    this.lane = lane;
    this.journal = journal;
  }

  public synchronized Answer fetch(FetchRequest request) {
    Running last = fetches.peekLast();
    if (closed) {
      return new Answer.Closed();
    }
    if (last != null && !last.fetch.status().state().ended()) {
      return new Answer.Busy(last.fetch.status());
    }
    // Not counted: a program that asks for yesterday's number must not find today's fetch.
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong(), 12);
    Fetch fetch = new Fetch(id, request, lane, journal);
    Thread thread = Thread.ofPlatform().name("edgeflow-fetch").daemon().start(fetch);
    fetches.addLast(new Running(fetch, thread));
    if (fetches.size() > REMEMBERED) {
      fetches.removeFirst();
    }
    return new Answer.Begun(fetch.status());
  }

  /** The newest one, ended or not. */
  public synchronized Optional<FetchStatus> newest() {
    return Optional.ofNullable(fetches.peekLast()).map(running -> running.fetch.status());
  }

  /** One of the last eight of this process. */
  public synchronized Optional<FetchStatus> status(String id) {
    return find(id).map(running -> running.fetch.status());
  }

  /** Ends it soon; nothing happens if it has ended. Empty if it is not known. */
  public synchronized Optional<FetchStatus> cancel(String id) {
    Optional<Running> found = find(id);
    found.ifPresent(running -> running.fetch.cancel());
    return found.map(running -> running.fetch.status());
  }

  private Optional<Running> find(String id) {
    return fetches.stream().filter(one -> one.fetch.status().id().equals(id)).findFirst();
  }

  /** Ends what runs; nothing is numbered for it afterwards. */
  @Override
  public void close() {
    Optional<Running> last;
    synchronized (this) {
      closed = true;
      last = Optional.ofNullable(fetches.peekLast());
    }
    last.ifPresent(FlightRecorder::end);
  }

  private static void end(Running running) {
    running.fetch.close();
    try {
      running.thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
