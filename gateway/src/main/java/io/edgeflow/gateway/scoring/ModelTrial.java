package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.guard.Attempt;
import io.edgeflow.inference.guard.Attempts;
import io.edgeflow.inference.guard.Permission;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * R2: a model is on trial, by a note on the disk, while it is loaded and in the first seconds of
 * its scoring. One at a time: a death counts for whoever is on trial. Thread-safe.
 */
final class ModelTrial implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ModelTrial.class);

  private final Attempts attempts;
  private final Duration soak;
  private @Nullable Attempt attempt;
  private boolean soaking;
  private long endNanos;

  /**
   * @param soak how long a model must score before its attempt was survived
   */
  ModelTrial(Attempts attempts, Duration soak) {
    this.attempts = attempts;
    this.soak = soak;
  }

  /**
   * To be called before a model is loaded, and before it scores. Another one's trial must be over.
   *
   * @return why it must not be tried; empty if it may
   */
  synchronized Optional<String> begin(String digest) {
    if (attempt != null && attempt.digest().equals(digest)) {
      return Optional.empty();
    }
    try {
      return switch (attempts.begin(digest)) {
        case Permission.Granted(Attempt granted) -> {
          attempt = granted;
          yield Optional.empty();
        }
        case Permission.Refused(var _, int deaths) -> Optional.of(died(deaths));
        case Permission.Resting(var _, int deaths, Duration left) ->
            Optional.of(died(deaths) + "; it is tried again in " + (left.toSeconds() + 1) + " s");
      };
    } catch (IOException e) {
      return Optional.of("the attempt cannot be noted: " + e);
    }
  }

  private static String died(int times) {
    return "the process ended " + times + " times while it was tried";
  }

  /** It scores from now on; the trial ends by itself. */
  synchronized void soak() {
    soaking = true;
    endNanos = System.nanoTime() + soak.toNanos();
  }

  /** The digest on trial, if any. */
  synchronized Optional<String> digest() {
    return Optional.ofNullable(attempt).map(Attempt::digest);
  }

  /** Until a soak is over; absent if there is none. */
  synchronized Optional<Duration> left() {
    return soaking
        ? Optional.of(Duration.ofNanos(Math.max(0, endNanos - System.nanoTime())))
        : Optional.empty();
  }

  synchronized void endIfOver() {
    if (soaking && endNanos - System.nanoTime() <= 0) {
      end(true);
    }
  }

  /** It ended for another reason, which tells nothing of the model. */
  synchronized void withdraw() {
    end(false);
  }

  /** Whether the process died of it so often that it is not tried. */
  boolean isDeadly(String digest) {
    return attempts.refused().containsKey(digest);
  }

  /** How long a model of which it died, but which did well before, is not tried yet. */
  Duration rest(String digest) {
    return attempts.rest(digest);
  }

  /** Whether it is such a model; also when its rest is over, until it was survived. */
  boolean rests(String digest) {
    return attempts.rests(digest);
  }

  void forgive(String digest) throws IOException {
    var _ = attempts.forgive(digest);
  }

  private void end(boolean survived) {
    Attempt ending = attempt;
    attempt = null;
    soaking = false;
    if (ending == null) {
      return;
    }
    try {
      if (survived) {
        ending.survived();
      } else {
        ending.withdrawn();
      }
    } catch (IOException e) {
      log.warn("What became of the attempt at {} cannot be noted", ending.digest(), e);
    }
  }

  @Override
  public void close() {
    withdraw();
  }
}
