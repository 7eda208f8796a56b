package io.edgeflow.cloud.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.cloud.config.UpdateConfig;
import io.edgeflow.cloud.registry.PublishedBundle;
import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.cloud.watch.UpdateBook.Seen;
import io.edgeflow.wire.document.PayloadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about versions that were announced: the newest of which a signed bundle is published is
 * rolled out, once; what is older than one that was rolled out never is. One thread in each
 * process; several processes may do it at once.
 */
final class UpdateDesk {
  private static final Logger log = LoggerFactory.getLogger(UpdateDesk.class);
  private static final String WHO = "update watch";
  private static final int MAX_SPEC = 64 * 1024;

  /** A start takes a transaction. Whoever needs longer has ended. */
  private static final Duration STALE = Duration.ofMinutes(2);

  private final UpdateBook book;
  private final Registry registry;
  private final RolloutStarter rollouts;
  private final InstantSource clock;

  UpdateDesk(UpdateBook book, Registry registry, RolloutStarter rollouts, InstantSource clock) {
    this.book = book;
    this.registry = registry;
    this.rollouts = rollouts;
    this.clock = clock;
  }

  /** Whether a tag is a version that this configuration means. */
  static Optional<SemVer> version(UpdateConfig config, String tag) {
    return config.tags().matches(tag)
        ? SemVer.of(tag).filter(one -> config.preReleases() || one.isRelease())
        : Optional.empty();
  }

  /** Somebody told of a tag. Nothing, if it is no newer version. */
  void announced(UpdateConfig config, String tag, String source) throws SQLException {
    Optional<SemVer> version = version(config, tag);
    if (version.isEmpty() || isOld(config.program(), version.get())) {
      return;
    }
    if (book.see(config.program(), tag, version.get(), source, clock.instant())) {
      log.info("{} {} is announced by {}", config.program(), tag, source);
    }
  }

  private boolean isOld(String program, SemVer version) throws SQLException {
    return book.newestRolled(program).filter(newest -> newest.compareTo(version) >= 0).isPresent();
  }

  /**
   * Starts what can be started.
   *
   * @param image what a bundle of a tag has to name; only asked where there is none
   */
  void settle(UpdateConfig config, Function<String, Optional<String>> image) throws SQLException {
    String program = config.program();
    for (Seen begun : book.stale(program, clock.instant().minus(STALE))) {
      recover(program, begun);
    }
    boolean started = false;
    for (Seen seen : book.waiting(program)) {
      if (started || isOld(program, seen.version())) {
        book.passed(program, seen.tag(), clock.instant());
        continue;
      }
      Optional<PublishedBundle> bundle = published(program, seen);
      if (bundle.isEmpty()) {
        missing(program, seen, image);
      } else if (book.claim(program, seen.tag(), clock.instant())) {
        started = start(config, seen, bundle.get());
      }
    }
  }

  /** Whoever started it, or was about to, ended before he wrote down which it was. */
  private void recover(String program, Seen begun) throws SQLException {
    Optional<String> rollout = rollouts.started(WHO, why(program, begun));
    if (rollout.isPresent()) {
      book.rolled(program, begun.tag(), rollout.get(), clock.instant());
    } else {
      book.waits(program, begun.tag(), "", clock.instant());
    }
  }

  private Optional<PublishedBundle> published(String program, Seen seen) throws SQLException {
    Optional<PublishedBundle> bundle = registry.version(program, seen.version().text());
    return (bundle.isPresent() ? bundle : registry.version(program, seen.tag()))
        .filter(found -> found.kind() == PayloadKind.APPLICATION);
  }

  private void missing(String program, Seen seen, Function<String, Optional<String>> image)
      throws SQLException {
    String why = "version " + seen.tag() + " is seen but no signed bundle is published";
    if (book.waits(program, seen.tag(), why, clock.instant())) {
      String what = image.apply(seen.tag()).map(name -> "--image " + name).orElse("--package FILE");
      tell(
          program,
          "update-without-bundle",
          "%s: make one with `edgeflow model application %s %s %s`, then `edgeflow model sign` and `edgeflow model publish` it"
              .formatted(why, program, seen.version().text(), what));
    }
  }

  private boolean start(UpdateConfig config, Seen seen, PublishedBundle bundle)
      throws SQLException {
    String program = config.program();
    try {
      byte[] spec = fleet(config).replace(UpdateConfig.VERSION, bundle.version()).getBytes(UTF_8);
      String rollout = rollouts.start(spec, WHO, why(program, seen));
      book.rolled(program, seen.tag(), rollout, clock.instant());
      tell(program, "update-rolled-out", why(program, seen) + ": rollout " + rollout);
      return true;
    } catch (IOException | RuntimeException refused) {
      String why = "the rollout cannot be started: " + refused.getMessage();
      // Once: whether that is news is asked while it waits.
      boolean news = !why.equals(seen.detail());
      book.waits(program, seen.tag(), why, clock.instant());
      if (news) {
        tell(program, "update-not-started", "version " + seen.tag() + ": " + why);
      }
      return false;
    }
  }

  private static String fleet(UpdateConfig config) throws IOException {
    if (config.spec().isPresent()) {
      return config.spec().get();
    }
    Path file = config.fleet().orElseThrow();
    if (Files.size(file) > MAX_SPEC) {
      throw new IOException(file + " is no fleet file: it is too long");
    }
    return Files.readString(file);
  }

  private static String why(String program, Seen seen) {
    return "version " + seen.tag() + " of " + program + " was announced by " + seen.source();
  }

  private void tell(String program, String what, String detail) throws SQLException {
    log.info("{}: {}", program, detail);
    rollouts.note(program, WHO, what, detail);
  }
}
