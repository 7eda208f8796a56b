package io.edgeflow.lab.load;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Cuts edges off now and then, and lets them return. To be looked at often; one thread. */
public final class Absences {
  private final LoadFleet fleet;
  private final Who who;
  private final long everyNanos;
  private final long lastingNanos;
  private final Random random;
  private Set<String> away = Set.of();
  private long nextNanos;
  private long endNanos;

  /** Who is away together. */
  public enum Who {
    ONE,
    SITE,
    ALL
  }

  /**
   * @param lasting shorter than {@code every}
   */
  public Absences(LoadFleet fleet, Who who, Duration every, Duration lasting, long seed) {
    this.fleet = fleet;
    this.who = who;
    this.everyNanos = every.toNanos();
    this.lastingNanos = lasting.toNanos();
    this.random = new Random(seed);
    this.nextNanos = System.nanoTime() + everyNanos - lastingNanos;
  }

  /**
   * Begins or ends an absence if its time has come.
   *
   * @param now {@link System#nanoTime}
   * @return what happened, for a person
   */
  public Optional<String> look(long now) {
    if (!away.isEmpty() && now - endNanos >= 0) {
      Set<String> returning = away;
      fleet.mend(returning::contains);
      away = Set.of();
      return Optional.of(returning.size() + " may return");
    }
    if (away.isEmpty() && now - nextNanos >= 0) {
      List<String> leaving = chosen();
      away = new HashSet<>(leaving);
      fleet.cut(away::contains);
      nextNanos = now + everyNanos;
      endNanos = now + lastingNanos;
      return Optional.of(leaving.size() + " are cut off, " + leaving.getFirst() + " among them");
    }
    return Optional.empty();
  }

  private List<String> chosen() {
    List<String> names = fleet.names();
    return switch (who) {
      case ONE -> List.of(names.get(random.nextInt(names.size())));
      case SITE -> fleet.at(random.nextInt(Math.min(names.size(), fleet.shape().sites())));
      case ALL -> names;
    };
  }
}
