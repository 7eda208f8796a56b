package io.edgeflow.lab.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.edgeflow.gateway.EdgeCore;
import io.edgeflow.lab.account.Accounts;
import io.edgeflow.lab.account.Balance;
import io.edgeflow.lab.account.CloudAccount;
import io.edgeflow.lab.account.EdgeAccount;
import io.edgeflow.lab.account.LedgerTable;
import io.edgeflow.lab.child.House;
import io.edgeflow.lab.child.Ports;
import io.edgeflow.lab.core.DirectSensors;
import io.edgeflow.lab.proxy.FaultProxy;
import io.edgeflow.wire.frame.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A real cloud with its database, for edges whose core lives in this JVM. One thread. */
final class CoreCloud implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(90);
  private static final Duration STOP = Duration.ofSeconds(10);
  private static final Duration SEAL = Duration.ofSeconds(10);
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  private final House house;
  private final FaultProxy link;

  private CoreCloud(House house, FaultProxy link) {
    this.house = house;
    this.link = link;
  }

  static CoreCloud start(Path home, Consumer<String> progress) throws IOException {
    progress.accept("starting a cloud with its database");
    var addresses = House.Addresses.free();
    FaultProxy link = FaultProxy.open(Ports.free(), addresses.cloudBroker());
    var design = new House.Design(home, addresses, link.address(), House.Design.GATEWAY, List.of());
    CoreCloud cloud = new CoreCloud(new House(design), link);
    try {
      cloud.house.cloud().start();
      cloud.house.cloud().awaitReady(START);
      return cloud;
    } catch (IOException | RuntimeException failure) {
      cloud.close();
      throw failure;
    }
  }

  /** Where an edge reaches it. */
  URI uplink() {
    return link.address();
  }

  /** Between the edge and it. */
  FaultProxy link() {
    return link;
  }

  /**
   * Waits until the edge has delivered everything, as long as it goes on, and ends its incarnation:
   * nothing gets a number after that, so that its account is the last one.
   *
   * @return what is left; empty if nothing is
   */
  static String deliver(EdgeCore core, Consumer<String> progress) throws Exception {
    String left = awaitDelivered(core, progress);
    if (!left.isEmpty()) {
      return left;
    }
    core.recorder().seal(SEAL);
    return awaitDelivered(core, progress);
  }

  private static String awaitDelivered(EdgeCore core, Consumer<String> progress) throws Exception {
    long best = Long.MAX_VALUE;
    long moved = System.nanoTime();
    long told = moved;
    while (true) {
      EdgeAccount edge = account(core);
      if (edge.delivered()) {
        return "";
      }
      long frames = edge.lanes().values().stream().mapToLong(l -> l.buffered().frames()).sum();
      String left = frames + " frames buffered, " + edge.pending() + " readings pending";
      if (frames < best) {
        best = frames;
        moved = System.nanoTime();
      }
      if (System.nanoTime() - moved > STANDSTILL.toNanos()) {
        return left;
      }
      if (System.nanoTime() - told > TimeUnit.SECONDS.toNanos(5)) {
        told = System.nanoTime();
        progress.accept(left);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  static EdgeAccount account(EdgeCore core) throws Exception {
    return EdgeAccount.of(new ObjectMapper().valueToTree(core.ledger().get(10, TimeUnit.SECONDS)));
  }

  /**
   * Holds sensors, both ledgers and the tables against each other, when everything is delivered. Of
   * readings exactly those may be missing that the edge's ledger calls dropped.
   */
  Verdict judge(EdgeAccount edge, DirectSensors sensors, List<String> before)
      throws IOException, SQLException, InterruptedException {
    List<String> faults = new ArrayList<>(before);
    CloudAccount cloud =
        new Accounts(house.gateway()::json, house.cloud()::json, House.EDGE).cloud(true);
    Balance balance = Balance.of(edge, cloud);
    for (Balance.Check check : balance.checks()) {
      if (!check.holds()) {
        faults.add("the ledger: %s: %d, %d".formatted(check.rule(), check.left(), check.right()));
      }
    }
    Comparison comparison =
        Comparison.of(sensors.account(), new Tables(house.database()).counts(House.EDGE));
    long named = edge.lane(Lane.WINDOW).dropped().readings();
    if (comparison.excess() > 0 || comparison.missing() != named) {
      faults.add(
          "%d readings are missing, %d are named as dropped"
              .formatted(comparison.missing(), named));
      comparison.differences().forEach(difference -> faults.add(difference.toString()));
    }
    if (comparison.acknowledged() == 0) {
      faults.add("nothing was acknowledged, so nothing is proved");
    }
    return new Verdict(
        faults,
        comparison,
        sensors.repetitions(),
        LedgerTable.of(edge, cloud, balance),
        edge,
        cloud);
  }

  @Override
  public void close() throws IOException {
    if (house.cloud().isAlive()) {
      house.cloud().child().stop(STOP);
    }
    house.close();
    link.close();
  }
}
