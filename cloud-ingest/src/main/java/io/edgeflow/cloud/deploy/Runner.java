package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.deploy.DesiredDesk.Refused;
import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.rollout.Controller;
import io.edgeflow.cloud.rollout.FleetView;
import io.edgeflow.cloud.rollout.Note;
import io.edgeflow.cloud.rollout.Order;
import io.edgeflow.cloud.rollout.Outcome;
import io.edgeflow.cloud.rollout.RolloutState;
import io.edgeflow.cloud.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads rollouts on: now and then, and whenever an edge says something, it looks at what is, asks
 * the controller what follows, and writes down state, documents and history in one transaction. It
 * keeps nothing that matters between two looks, so it may die between any two lines, and another
 * process may take the next look. One thread.
 */
final class Runner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  /** Reports of many edges that come at once share a look. */
  private static final Duration GATHER = Duration.ofMillis(100);

  /** Of one look; what is left over, the next one orders. */
  private static final int MOST_ORDERS = 300;

  private static final String REFUSED_BEFORE =
      """
      select 1 from deploy_history
      where rollout = ? and edge = ? and what = 'refused' and detail = ? limit 1
      """;

  private final Turns turns;
  private final Authority authority;
  private final DesiredDesk desk;
  private final MandateDesk mandates;
  private final InstantSource clock;
  private final Runnable news;
  private final Worker worker = new Worker("rollouts", "rollouts stand still", GATHER, this::lead);

  /** Why edges would not listen; empty if they do, or nothing shall be said. */
  private volatile String objection = "";

  /** Since when edges are heard, as far as this process knows. */
  private volatile Instant listening;

  /**
   * @param news told when documents were written down
   */
  Runner(Turns turns, Authority authority, DesiredDesk desk, InstantSource clock, Runnable news) {
    this.turns = turns;
    this.authority = authority;
    this.desk = desk;
    this.mandates = new MandateDesk(authority, desk, clock);
    this.clock = clock;
    this.news = news;
    this.listening = clock.instant();
  }

  Runner start() {
    worker.start();
    return this;
  }

  /** Something changed. Any thread; returns at once. */
  void wake() {
    worker.wake();
  }

  Instant listening() {
    return listening;
  }

  @Override
  public void close() {
    worker.close();
  }

  private void lead(boolean wasAway) throws SQLException {
    if (wasAway) {
      listening = clock.instant();
    }
    checkAuthority();
    look();
  }

  List<String> warnings() {
    return objection.isEmpty() ? List.of() : List.of("rollouts: " + objection);
  }

  /** Keys may come, go and expire at any time. */
  private void checkAuthority() throws SQLException {
    if (authority.key().isPresent()) {
      String now = authority.objection(clock.instant()).orElse("");
      if (!now.equals(objection)) {
        if (now.isEmpty()) {
          LOG.info("rollouts: edges listen to this cloud");
        } else {
          LOG.warn("rollouts: {}", now);
        }
      }
      objection = now;
    }
  }

  /**
   * One look at every open rollout. Blocks for the database.
   *
   * @return whether anything followed
   */
  boolean look() throws SQLException {
    if (!turns.look(RolloutTable::isAnyOpen)) {
      return false;
    }
    Optional<Boolean> moved = turns.takeIfFree(this::step);
    if (moved.orElse(true)) {
      // There may be more to do at once, or another had the turn.
      news.run();
      wake();
    }
    return moved.orElse(false);
  }

  private boolean step(Connection connection) throws SQLException {
    Instant now = clock.instant();
    List<RolloutState> open = new ArrayList<>(RolloutTable.open(connection));
    FleetView fleet = FleetReader.read(connection, listening);
    boolean moved = false;
    for (int i = 0; i < open.size(); i++) {
      RolloutState before = open.get(i);
      Outcome outcome = Controller.step(before, fleet.withOthers(others(open, i)), now);
      open.set(i, outcome.state());
      if (!outcome.state().equals(before)) {
        RolloutTable.save(connection, outcome.state(), now);
        moved = true;
      }
      write(connection, before.id(), outcome.notes());
      if (carryOut(connection, before.id(), outcome.orders(), now)) {
        // Who comes next must see what this one asked for.
        fleet = FleetReader.read(connection, listening);
        moved = true;
      }
    }
    return mandates.look(connection, open, fleet) || moved;
  }

  private static List<RolloutState> others(List<RolloutState> open, int but) {
    List<RolloutState> others = new ArrayList<>(open);
    others.remove(but);
    return others;
  }

  static void write(Connection connection, String rollout, List<Note> notes) throws SQLException {
    for (Note note : notes) {
      History.add(
          connection,
          Instant.ofEpochMilli(note.atMillis()),
          rollout,
          note.edge(),
          new Cause(note.who(), ""),
          "rollout",
          note.text());
    }
  }

  /** Whether any document came of it. */
  private boolean carryOut(Connection connection, String rollout, List<Order> orders, Instant now)
      throws SQLException {
    boolean issued = false;
    for (Order order : some(orders)) {
      switch (desk.slot(connection, order.edge(), order.slot())) {
        case DesiredDesk.Issued(long number, String _) -> {
          issued = true;
          History.add(
              connection,
              now,
              rollout,
              order.edge(),
              Cause.NOBODY,
              word(order),
              text(order, number));
        }
        case DesiredDesk.Unchanged _ -> {}
        case Refused(String reason) -> refused(connection, rollout, order.edge(), reason, now);
      }
    }
    return issued;
  }

  /** Wherever chance begins: those that cannot be told anything must not be all, at every look. */
  private static List<Order> some(List<Order> orders) {
    if (orders.size() <= MOST_ORDERS) {
      return orders;
    }
    List<Order> turned = new ArrayList<>(orders);
    Collections.rotate(turned, ThreadLocalRandom.current().nextInt(turned.size()));
    return turned.subList(0, MOST_ORDERS);
  }

  private static String word(Order order) {
    return switch (order) {
      case Order.Issue _ -> "issued";
      case Order.Back _ -> "back";
    };
  }

  private static String text(Order order, long number) {
    String what =
        order.slot().digest().isEmpty()
            ? "what its configuration names"
            : order.slot().model() + " " + order.slot().version();
    return "document " + number + ": " + what + " in " + order.slot().slot();
  }

  /** The next step asks again: it is told once. */
  private static void refused(
      Connection connection, String rollout, String edge, String reason, Instant now)
      throws SQLException {
    if (Sql.first(connection, REFUSED_BEFORE, row -> true, rollout, edge, reason).isEmpty()) {
      History.add(connection, now, rollout, edge, Cause.NOBODY, "refused", reason);
    }
  }
}
