package io.edgeflow.cloud.watch;

import io.edgeflow.cloud.config.UpdateConfig;
import io.edgeflow.cloud.config.UpdateConfig.Source;
import io.edgeflow.cloud.deploy.kafka.UpdateTrigger;
import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.process.settings.Secret;
import java.io.IOException;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks each configured source again and again for its newest version. One that is away, or tells
 * nonsense, keeps no other waiting for longer than its time-out.
 */
public final class UpdateWatch implements UpdateTrigger, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(UpdateWatch.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MOST_TOLD = 100;
  private static final int CLOSE_SECONDS = 3;

  private record Watched(UpdateConfig config, TagSource source) {}

  private final List<Watched> watched;
  private final UpdateDesk desk;
  private final HttpClient client;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("updates").factory());

  /** What others told and nobody looked at yet. */
  private final Semaphore room = new Semaphore(MOST_TOLD);

  /** By the place that is asked; only the thread's. */
  private final Map<String, String> complaints = new HashMap<>();

  private UpdateWatch(List<UpdateConfig> updates, UpdateDesk desk) {
    this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    this.watched =
        updates.stream().map(config -> new Watched(config, source(config, client))).toList();
    this.desk = desk;
  }

  /** Returns at once; the first look follows. */
  public static UpdateWatch start(
      List<UpdateConfig> updates,
      DataSource database,
      Registry registry,
      RolloutStarter rollouts,
      InstantSource clock) {
    var desk = new UpdateDesk(new UpdateBook(database), registry, rollouts, clock);
    var watch = new UpdateWatch(updates, desk);
    for (Watched one : watch.watched) {
      long nanos = one.config().every().toNanos();
      var _ =
          watch.thread.scheduleWithFixedDelay(
              () -> watch.look(one), 0, nanos, TimeUnit.NANOSECONDS);
    }
    return watch;
  }

  private static TagSource source(UpdateConfig config, HttpClient client) {
    Optional<String> login =
        config.user().map(user -> user + ":" + config.password().map(Secret::reveal).orElse(""));
    return config.source() == Source.GIT
        ? new GitTags(config.url().orElseThrow(), login, PATIENCE)
        : new OciTags(
            client, config.registry().orElseThrow(), config.repository().orElseThrow(), login);
  }

  /** Only what is configured, and only if it is newer than what was rolled out before. */
  @Override
  public void requested(String tag, String source) {
    if (!room.tryAcquire()) {
      log.warn("too many told of updates at once: {} is not looked at", tag);
      return;
    }
    try {
      thread.execute(
          () -> {
            room.release();
            watched.forEach(one -> settle(one, tag, source));
          });
    } catch (RejectedExecutionException closed) {
      log.debug("closed", closed);
    }
  }

  private void look(Watched one) {
    String place = one.config().place();
    try {
      Optional<String> newest =
          one.source().tags().stream()
              .filter(tag -> UpdateDesk.version(one.config(), tag).isPresent())
              .max(Comparator.comparing(tag -> UpdateDesk.version(one.config(), tag).get()));
      complaints.remove(place);
      settle(one, newest.orElse(""), place);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException away) {
      complain(place, "cannot be asked: " + away);
      settle(one, "", place);
    }
  }

  private void settle(Watched one, String tag, String source) {
    try {
      if (!tag.isEmpty()) {
        desk.announced(one.config(), tag, source);
      }
      desk.settle(one.config(), name -> image(one.source(), name));
    } catch (SQLException | RuntimeException failed) {
      complain(one.config().place(), "cannot be looked into: " + failed);
    }
  }

  private static Optional<String> image(TagSource source, String tag) {
    try {
      return source.image(tag);
    } catch (IOException | RuntimeException away) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Once for each trouble. */
  private void complain(String place, String why) {
    if (!why.equals(complaints.put(place, why))) {
      log.warn("updates of {}: {}", place, why);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    client.shutdownNow();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        log.warn("a source of updates is still being asked");
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }
}
