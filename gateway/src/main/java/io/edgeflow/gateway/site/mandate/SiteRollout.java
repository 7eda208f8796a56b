package io.edgeflow.gateway.site.mandate;

import io.edgeflow.gateway.site.mandate.Plan.Order;
import io.edgeflow.gateway.site.mandate.Plan.Seat;
import io.edgeflow.wire.document.DeployState;
import io.edgeflow.wire.document.DeployedSlot;
import io.edgeflow.wire.document.Deployment;
import io.edgeflow.wire.document.DesiredSlot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the hub does of a rollout while the cloud is away: begins the next wave when all of the wave
 * before are proven, by their own reports, while the mandate lasts; and lets everyone go back when
 * too many failed or a wave takes too long, also when the mandate is over. When the cloud is there
 * it does nothing. Immutable and pure: what is to be said follows from it alone, and is the same
 * however often it is said.
 *
 * @param mandate digest of the signed mandate
 * @param begun waves that began
 * @param sinceNanos of the mandate's {@link Age} when the last of them began, or was found begun
 * @param proven edges that serve it and have proved it
 * @param failed edges that did not; one that failed once stays here
 * @param why it is in its phase, for people; empty while it is held
 */
public record SiteRollout(
    String mandate,
    Phase phase,
    int begun,
    long sinceNanos,
    SortedSet<String> proven,
    SortedSet<String> failed,
    Age age,
    String why) {
  public SiteRollout {
    proven = new TreeSet<>(proven);
    failed = new TreeSet<>(failed);
  }

  /** Of a mandate that has just come. */
  static SiteRollout begin(String mandate, Age age) {
    return new SiteRollout(mandate, Phase.HELD, 0, 0, new TreeSet<>(), new TreeSet<>(), age, "");
  }

  /** At most one thing at a time: what comes of it is to be kept before it is carried out. */
  SiteRollout step(Plan plan, View view) {
    SiteRollout now = with(age.at(view.now()));
    if (phase != Phase.HELD) {
      return now;
    }
    for (Seat seat : plan.seats().toList()) {
      Told told = view.told().get(seat.edge());
      if (told != null && isOtherwise(told, seat.forward())) {
        return now.in(Phase.VOID, "the cloud told " + seat.edge() + " something else");
      }
    }
    return view.away() ? now.foundBegun(plan, view).alone(plan, view) : now;
  }

  /** Also of the same number, which would be a conflict for a person. */
  private static boolean isOtherwise(Told told, Order forward) {
    return told.number() >= forward.number() && !told.digest().equals(forward.digest());
  }

  /** Waves that the cloud began before it went away. */
  private SiteRollout foundBegun(Plan plan, View view) {
    int waves = begun;
    for (int wave = begun; wave < plan.waves().size(); wave++) {
      if (plan.waves().get(wave).stream().anyMatch(seat -> isBegun(seat, view))) {
        waves = wave + 1;
      }
    }
    return waves == begun ? this : withBegun(waves);
  }

  private static boolean isBegun(Seat seat, View view) {
    Told told = view.told().get(seat.edge());
    Deployment report = view.reports().get(seat.edge());
    return (told != null && told.number() >= seat.forward().number())
        || (report != null && report.number() >= seat.forward().number());
  }

  private SiteRollout alone(Plan plan, View view) {
    SiteRollout seen = judged(plan, view);
    if (seen.failed.size() > plan.failuresAllowed()) {
      return seen.in(Phase.BACK, "failed: " + String.join(", ", seen.failed));
    }
    List<String> open = seen.open(plan);
    long inWave = seen.age.usedNanos() - seen.sinceNanos;
    if (!open.isEmpty()) {
      return inWave > plan.patience().toNanos()
          ? seen.in(Phase.BACK, "wave " + begun + " took too long: " + String.join(", ", open))
          : seen;
    }
    if (seen.begun == plan.waves().size()) {
      return seen.in(Phase.DONE, "every wave is through");
    }
    return seen.mayGoOn(plan) ? seen.withBegun(seen.begun + 1) : seen;
  }

  /** Whether the mandate still allows a wave to begin. */
  boolean mayGoOn(Plan plan) {
    return age.sure() && age.usedNanos() < plan.lasts().toNanos();
  }

  /** Who of the last wave is neither proven nor failed. */
  List<String> open(Plan plan) {
    return begun == 0
        ? List.of()
        : plan.waves().get(begun - 1).stream()
            .map(Seat::edge)
            .filter(edge -> !proven.contains(edge) && !failed.contains(edge))
            .toList();
  }

  private SiteRollout judged(Plan plan, View view) {
    var good = new TreeSet<>(proven);
    var bad = new TreeSet<>(failed);
    plan.seats(begun)
        .forEach(
            seat -> {
              Deployment report = view.reports().get(seat.edge());
              if (report == null || !isOf(report, seat.forward())) {
                return;
              }
              if (hasFailed(report, seat.forward())) {
                bad.add(seat.edge());
              } else if (isProven(report, seat.forward())) {
                good.add(seat.edge());
              }
            });
    good.removeAll(bad);
    return new SiteRollout(mandate, phase, begun, sinceNanos, good, bad, age, why);
  }

  /** Only a report on just this document counts (R4). */
  private static boolean isOf(Deployment report, Order order) {
    return report.number() == order.number() && report.desired().equals(order.digest());
  }

  private static boolean hasFailed(Deployment report, Order order) {
    return order.slots().stream()
        .anyMatch(
            asked ->
                report.slots().stream()
                    .anyMatch(slot -> isFor(slot, asked) && slot.state().isEnd()));
  }

  private static boolean isProven(Deployment report, Order order) {
    return order.slots().stream()
        .allMatch(
            asked ->
                report.slots().stream()
                    .anyMatch(
                        slot ->
                            isFor(slot, asked)
                                && slot.proven()
                                && slot.state() == DeployState.ACTIVE
                                && slot.digest().equals(asked.digest())));
  }

  private static boolean isFor(DeployedSlot slot, DesiredSlot asked) {
    return slot.kind() == asked.kind() && slot.slot().equals(asked.slot());
  }

  /** What every edge that began shall be told, by its name; the same again and again. */
  Map<String, Order> orders(Plan plan) {
    Map<String, Order> orders = new LinkedHashMap<>();
    if (phase != Phase.VOID) {
      plan.seats(begun)
          .forEach(
              seat -> orders.put(seat.edge(), phase == Phase.BACK ? seat.back() : seat.forward()));
    }
    return orders;
  }

  /** The cloud no longer names it. */
  SiteRollout withdrawn() {
    return phase == Phase.HELD ? in(Phase.VOID, "the cloud took it back") : this;
  }

  private SiteRollout in(Phase next, String reason) {
    return new SiteRollout(mandate, next, begun, sinceNanos, proven, failed, age, reason);
  }

  private SiteRollout with(Age now) {
    return new SiteRollout(mandate, phase, begun, sinceNanos, proven, failed, now, why);
  }

  private SiteRollout withBegun(int waves) {
    return new SiteRollout(mandate, phase, waves, age.usedNanos(), proven, failed, age, why);
  }

  /** Whether both say the same but for the time. */
  boolean isLike(SiteRollout other) {
    return with(other.age).equals(other);
  }
}
