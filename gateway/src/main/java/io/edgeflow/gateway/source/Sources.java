package io.edgeflow.gateway.source;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.process.link.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brokers that are there already, out of which readings come.
 *
 * <p>What it promises: a message of QoS 1 is acknowledged when what it became is synced, or when it
 * is none of ours, and until then the other broker keeps it, with whatever comes while we are away
 * as long as it keeps the session. With no room nothing is acknowledged and nothing is lost. A
 * message that was safe, and whose acknowledgement a crash or a broken line took, comes again: with
 * its sender's own stamp it is recognised (I1), without one it counts twice.
 */
public final class Sources implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sources.class);

  /** How long a clean stop waits for the last acknowledgements. */
  private static final Duration LAST_ACKS = Duration.ofMillis(1_500);

  /** Between two attempts to connect. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private static final Duration GOODBYE = Duration.ofSeconds(1);

  private final SourceThread thread = new SourceThread();
  private final List<Source> sources = new ArrayList<>();

  private Sources() {}

  /**
   * Begins to connect and returns at once.
   *
   * @param nanos monotonic time
   */
  public static Sources open(
      List<SourceSettings> settings,
      Intake intake,
      SourceLink link,
      RandomGenerator random,
      LongSupplier nanos) {
    return open(settings, intake, link, Backoff.reconnect(LONGEST_WAIT), random, nanos);
  }

  static Sources open(
      List<SourceSettings> settings,
      Intake intake,
      SourceLink link,
      Backoff backoff,
      RandomGenerator random,
      LongSupplier nanos) {
    Sources opened = new Sources();
    for (SourceSettings one : settings) {
      opened.sources.add(new Source(one, intake, link, opened.thread, backoff, random, nanos));
    }
    opened.sources.forEach(source -> opened.thread.execute(source::connect));
    return opened;
  }

  /** In the order of the configuration. Any thread. */
  public List<SourceStatus> statuses() {
    return sources.stream().map(Source::status).toList();
  }

  /** Of all sources together, messages of QoS 0 that found no room. Any thread. */
  public long dropped() {
    return statuses().stream().mapToLong(status -> status.counts().dropped()).sum();
  }

  /** Acknowledges what becomes safe at once, and ends every connection. Blocks for seconds. */
  @Override
  public void close() {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Source source : sources) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      thread.execute(
          () -> {
            var _ = source.close(LAST_ACKS).whenComplete((done, failure) -> end.complete(null));
          });
      ends.add(end);
    }
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new))
          .get(LAST_ACKS.plus(GOODBYE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("a source did not end in time; its broker keeps the session");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.close();
  }
}
