package io.edgeflow.lab.drill;

import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.child.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Waits until everything has come to rest: acknowledged, and delivered. */
final class Settling {
  /** Longer than the longest pause between two attempts of an uplink. */
  private static final Duration STANDSTILL = Duration.ofSeconds(90);

  private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(5);

  private Settling() {}

  /**
   * Waits for all sensors, and for the gateway of the house.
   *
   * @return what never came to rest; empty if all did
   */
  static List<String> of(Stage stage) throws InterruptedException {
    stage.say("waiting until everything is acknowledged and delivered");
    stage.house().cloud().awaitReady(Stage.START);
    stage.shared().ifPresent(others -> others.second().awaitReady(Stage.START));
    stage.house().gateway().awaitReady(Stage.START);
    List<String> left = new ArrayList<>();
    stage.crowds().forEach(Crowd::fallSilent);
    for (Crowd crowd : stage.crowds()) {
      if (!crowd.drain(STANDSTILL)) {
        left.add(crowd.open() + " readings were never acknowledged");
      }
    }
    left.addAll(delivered(stage.house().gateway(), stage::say));
    return left;
  }

  /** Cuts the link once: the next hello tells the cloud what became of every number. */
  static void tellFates(Stage stage) throws InterruptedException {
    long connections = stage.link().connections();
    stage.link().cut();
    Patience.until(
        "the edge says hello again",
        STANDSTILL,
        () -> stage.link().connections() > connections && stage.house().gateway().linked());
  }

  /**
   * Waits as long as it goes on.
   *
   * @return what is left; empty if nothing is
   */
  static List<String> delivered(Service gateway, Consumer<String> progress)
      throws InterruptedException {
    long best = Long.MAX_VALUE;
    long moved = System.nanoTime();
    long told = moved;
    while (true) {
      String left;
      try {
        EdgeAccount edge = EdgeAccount.of(gateway.json("/api/v1/ledger"));
        if (edge.delivered()) {
          return List.of();
        }
        left = edge.buffered() + " frames buffered, " + edge.pending() + " readings pending";
        if (edge.buffered() < best) {
          best = edge.buffered();
          moved = System.nanoTime();
        }
      } catch (IOException away) {
        left = away.toString();
      }
      if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
        return List.of("not everything was delivered: " + left);
      }
      if (System.nanoTime() - told > TELL_NANOS) {
        told = System.nanoTime();
        progress.accept(left);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }
}
