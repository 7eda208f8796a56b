package io.edgeflow.gateway.source;

import io.edgeflow.gateway.capture.Intake;
import io.edgeflow.gateway.source.SourceLink.Arrival;
import io.edgeflow.gateway.source.SourceLink.Attempt;
import io.edgeflow.gateway.source.SourceLink.Ending;
import io.edgeflow.gateway.source.SourceLink.Kind;
import io.edgeflow.gateway.source.SourceLink.Listener;
import io.edgeflow.gateway.source.SourceStatus.State;
import io.edgeflow.process.link.Backoff;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps one source connected: opens a connection, and after its end the next one.
 *
 * <pre>
 *             opened                     ended
 *  CONNECTING ──────► CONNECTED ──────────────────┐
 *   ▲     └───────────── ended ──────────────► WAITING
 *   └─────────────────── after a random while ────┘
 * </pre>
 *
 * <p>All of it but {@link #status} happens on the sources' thread.
 */
final class Source {
  private static final Logger LOG = LoggerFactory.getLogger(Source.class);

  /** A connection that lasted so long, or brought something, is no failure. */
  private static final long STEADY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final SourceSettings settings;
  private final Intake intake;
  private final SourceLink link;
  private final SourceThread thread;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final LongSupplier nanos;
  private final SourceCounts counts = new SourceCounts();
  private final VersionChoice versions;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private @Nullable Connection current;
  private int failures;
  private boolean closing;
  private volatile Shown shown;

  /** What others see of a source, beside its counts. */
  private record Shown(
      State state,
      SourceVersion version,
      long sinceNanos,
      boolean resumed,
      @Nullable SourceFlow flow,
      String lastError) {}

  Source(
      SourceSettings settings,
      Intake intake,
      SourceLink link,
      SourceThread thread,
      Backoff backoff,
      RandomGenerator random,
      LongSupplier nanos) {
    this.settings = settings;
    this.intake = intake;
    this.link = link;
    this.thread = thread;
    this.backoff = backoff;
    this.random = random;
    this.nanos = nanos;
    this.versions = new VersionChoice(settings.version());
    this.shown = new Shown(State.WAITING, versions.next(), nanos.getAsLong(), false, null, "");
  }

  void connect() {
    if (closing) {
      return;
    }
    Connection connection = new Connection(versions.next());
    current = connection;
    show(State.CONNECTING, connection.version, false, connection.flow, shown.lastError());
    try {
      connection.attempt = link.open(settings, connection.version, connection);
    } catch (RuntimeException impossible) {
      ended(connection, new Ending(Kind.UNREACHABLE, "cannot connect: " + impossible));
    }
  }

  /** Acknowledges what is safe until then, and says goodbye; the broker keeps the session. */
  CompletableFuture<Void> close(Duration patience) {
    closing = true;
    Connection connection = current;
    if (connection == null || !connection.isOpen) {
      // One that is about to open learns on its way that it is not wanted any more.
      if (connection != null) {
        connection.close();
      }
      current = null;
      close();
      return closed;
    }
    var _ =
        connection
            .flow
            .stop()
            .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((done, late) -> thread.execute(connection::close));
    return closed;
  }

  private void close() {
    show(State.CLOSED, shown.version(), false, null, shown.lastError());
    closed.complete(null);
  }

  private void opened(Connection connection, boolean resumed) {
    if (connection != current) {
      return;
    }
    connection.openedNanos = nanos.getAsLong();
    connection.isOpen = true;
    if (!resumed && counts.connections.sum() > 0) {
      LOG.warn(
          "source={} the broker forgot the session: what was published since the last connection"
              + " ended is lost",
          settings.name());
    }
    counts.connections.increment();
    show(State.CONNECTED, connection.version, resumed, connection.flow, shown.lastError());
    LOG.info(
        "source={} connected to {} by MQTT {}, session {}",
        settings.name(),
        settings.url(),
        connection.version.word(),
        resumed ? "resumed" : "new");
  }

  private void ended(Connection connection, Ending ending) {
    if (connection != current) {
      return;
    }
    current = null;
    if (closing) {
      close();
      return;
    }
    versions.ended(ending.kind());
    failures = connection.wasOfUse() ? 1 : failures + 1;
    String reason = connection.why(ending);
    // Said once: a broker that is away for a night must not fill the log.
    Level level = reason.equals(shown.lastError()) && failures > 1 ? Level.DEBUG : Level.WARN;
    show(State.WAITING, versions.next(), false, null, reason);
    long delay = backoff.delayNanos(failures, random);
    LOG.atLevel(level)
        .log(
            "source={} is not connected: {}, attempt={} next in {} ms",
            settings.name(),
            reason,
            failures,
            TimeUnit.NANOSECONDS.toMillis(delay));
    thread.after(delay, this::connect);
  }

  private void show(
      State state,
      SourceVersion version,
      boolean resumed,
      @Nullable SourceFlow flow,
      String lastError) {
    boolean isSame = state == shown.state();
    long since = isSame ? shown.sinceNanos() : nanos.getAsLong();
    shown = new Shown(state, version, since, resumed, flow, lastError);
  }

  /** Any thread. */
  SourceStatus status() {
    Shown now = shown;
    SourceFlow flow = now.flow();
    return new SourceStatus(
        settings.name(),
        settings.url().toString(),
        now.state(),
        now.version().word(),
        now.sinceNanos(),
        now.resumed(),
        flow == null ? 0 : flow.held(),
        now.lastError(),
        counts.counts());
  }

  /** One attempt, and what it brings; its messages go straight into the flow. */
  private final class Connection implements Listener {
    private final SourceVersion version;
    private final SourceFlow flow;
    private @Nullable Attempt attempt;
    private boolean isOpen;
    private long openedNanos;
    private String aborted = "";

    private Connection(SourceVersion version) {
      this.version = version;
      this.flow = new SourceFlow(settings, intake, counts, why -> thread.execute(() -> abort(why)));
    }

    private void abort(String why) {
      if (aborted.isEmpty()) {
        aborted = why;
        close();
      }
    }

    private void close() {
      if (attempt != null) {
        attempt.close();
      }
    }

    private boolean wasOfUse() {
      return isOpen
          && (nanos.getAsLong() - openedNanos > STEADY_NANOS
              || flow.acknowledged() >= settings.window());
    }

    private String why(Ending ending) {
      return ending.kind() == Kind.CLOSED && !aborted.isEmpty() ? aborted : ending.reason();
    }

    @Override
    public void opened(boolean resumed) {
      thread.execute(() -> Source.this.opened(this, resumed));
    }

    @Override
    public void arrived(Arrival arrival) {
      flow.arrived(arrival);
    }

    @Override
    public void closed(Ending ending) {
      flow.ended();
      thread.execute(() -> ended(this, ending));
    }
  }
}
