package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.rollout.EdgeView;
import io.edgeflow.cloud.rollout.FleetView;
import io.edgeflow.cloud.rollout.RolloutState;
import io.edgeflow.cloud.rollout.SiteMandate;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Mandate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Lets sites finish rollouts alone while the cloud is away (R6): keeps for each hub, an edge that
 * others reach the cloud through, the one mandate that fits what is, with the documents of those
 * edges signed and their numbers taken. Works within the caller's transaction and turn.
 */
final class MandateDesk {
  /** By which label an edge tells which hub it is behind. */
  static final String BEHIND = "edgeflow.behind";

  /** A site is told again no sooner, whatever happens to its edges. */
  private static final Duration LEAST = Duration.ofSeconds(5);

  private final Authority authority;
  private final Composer composer;
  private final DesiredDesk desk;
  private final InstantSource clock;

  MandateDesk(Authority authority, DesiredDesk desk, InstantSource clock) {
    this.authority = authority;
    this.composer = new Composer(authority, clock);
    this.desk = desk;
    this.clock = clock;
  }

  private record Held(String content, Instant issued, Duration lasts) {}

  /** Ends the making of one mandate. */
  private static final class InVain extends Exception {
    InVain(String reason) {
      super(reason, null, false, false);
    }
  }

  /**
   * Brings the mandates of all hubs up to date.
   *
   * @param open rollouts as they are now
   * @param fleet as it is after their orders
   * @return whether any hub was told something
   */
  boolean look(Connection connection, List<RolloutState> open, FleetView fleet)
      throws SQLException {
    Map<String, Set<String>> sites = sites(fleet);
    boolean told = false;
    for (Map.Entry<String, Set<String>> site : sites.entrySet()) {
      Optional<SiteMandate> wanted =
          open.stream()
              .sorted(RolloutState.ORDER)
              .flatMap(
                  state ->
                      SiteMandate.of(state, fleet, site.getKey(), site.getValue(), clock.instant())
                          .stream())
              .findFirst();
      told |=
          wanted.isPresent()
              ? keep(connection, wanted.get(), fleet)
              : withdraw(connection, site.getKey());
    }
    for (String hub : holders(connection)) {
      told |= !sites.containsKey(hub) && withdraw(connection, hub);
    }
    return told;
  }

  /** By hub, the edges behind it. A hub itself is told by the cloud alone. */
  private static Map<String, Set<String>> sites(FleetView fleet) {
    Map<String, Set<String>> sites = new TreeMap<>();
    for (EdgeView edge : fleet.edges().values()) {
      String hub = edge.labels().get(BEHIND);
      if (hub != null && !hub.equals(edge.edge()) && fleet.edges().containsKey(hub)) {
        sites.computeIfAbsent(hub, _ -> new TreeSet<>()).add(edge.edge());
      }
    }
    return sites;
  }

  private static List<String> holders(Connection connection) throws SQLException {
    return Sql.rows(
        connection,
        "select e.name from mandate m join edge e on e.id = m.edge_id where m.current",
        row -> row.getString(1));
  }

  private boolean keep(Connection connection, SiteMandate wanted, FleetView fleet)
      throws SQLException {
    Instant now = clock.instant();
    String content = content(wanted, fleet);
    Optional<Held> held = held(connection, wanted.edge());
    if (held.isPresent()) {
      Instant issued = held.get().issued();
      boolean fits = held.get().content().equals(content);
      // What is half used up is made new, so that a site that is cut off has time left.
      Instant due = issued.plus(fits ? held.get().lasts().dividedBy(2) : LEAST);
      if (now.isBefore(due)) {
        return false;
      }
    }
    try {
      issue(connection, wanted, content, now);
      return true;
    } catch (InVain reason) {
      // Remembered without a document, so that it is not tried again until something changes.
      store(connection, wanted, content, "", now);
      note(connection, wanted.rollout(), wanted.edge(), "no mandate: " + reason.getMessage());
      return desk.ensure(connection, wanted.edge()) instanceof DesiredDesk.Issued;
    }
  }

  /** What it is made from, but not how much time is left. */
  private static String content(SiteMandate wanted, FleetView fleet) {
    List<Object> made =
        new ArrayList<>(
            List.of(wanted.rollout(), wanted.waves(), wanted.failuresAllowed(), wanted.patience()));
    for (SiteMandate.Wave wave : wanted.waves()) {
      for (SiteMandate.Seat seat : wave.seats()) {
        EdgeView edge = fleet.edges().get(seat.edge());
        made.add(edge == null ? "" : edge.issued().map(EdgeView.Issued::digest).orElse(""));
      }
    }
    return Digests.of(made.toString());
  }

  private static Optional<Held> held(Connection connection, String hub) throws SQLException {
    return Sql.first(
        connection,
        """
        select m.content, m.issued, m.lasts_seconds from mandate m join edge e on e.id = m.edge_id
        where e.name = ? and m.current
        """,
        row ->
            new Held(
                row.getString(1),
                Instant.ofEpochMilli(Sql.millis(row, 2)),
                Duration.ofSeconds(row.getLong(3))),
        hub);
  }

  private void issue(Connection connection, SiteMandate wanted, String content, Instant now)
      throws SQLException, InVain {
    List<Mandate.Wave> waves = new ArrayList<>();
    for (SiteMandate.Wave wave : wanted.waves()) {
      List<Mandate.Member> members = new ArrayList<>();
      for (SiteMandate.Seat seat : wave.seats()) {
        members.add(member(connection, seat));
      }
      waves.add(new Mandate.Wave(members));
    }
    Mandate mandate =
        new Mandate(
            authority.audience(),
            wanted.edge(),
            wanted.rollout(),
            now.toEpochMilli(),
            wanted.lasts(),
            waves,
            wanted.failuresAllowed(),
            wanted.patience());
    String signed = authority.sign(Mandate.TYPE, mandate.text());
    if (signed.getBytes(UTF_8).length > Mandate.MAX_SIGNED_BYTES) {
      throw new InVain("the site has too many edges for one document");
    }
    store(connection, wanted, content, signed, now);
    note(
        connection,
        wanted.rollout(),
        wanted.edge(),
        "mandate: its site may go on alone for " + wanted.lasts().toString().substring(2));
    if (desk.ensure(connection, wanted.edge()) instanceof DesiredDesk.Refused(String reason)) {
      throw new InVain(reason);
    }
  }

  private static void store(
      Connection connection, SiteMandate wanted, String content, String signed, Instant now)
      throws SQLException {
    retire(connection, wanted.edge());
    String named = signed.isEmpty() ? wanted.edge() + content + now : signed;
    Sql.run(
        connection,
        "insert into mandate select ?, id, ?, ?, ?, ?, true, ? from edge where name = ?",
        Digests.of(named),
        wanted.rollout(),
        now,
        wanted.lasts().toSeconds(),
        content,
        signed,
        wanted.edge());
  }

  /** The way there, if the edge was not told already, and the way back, above it. */
  private Mandate.Member member(Connection connection, SiteMandate.Seat seat)
      throws SQLException, InVain {
    Parts parts =
        PartsTable.read(connection, seat.edge(), authority.keysNumber())
            .orElseThrow(() -> new InVain("nobody knows " + seat.edge()));
    Optional<DesiredTable.Current> current = DesiredTable.current(connection, seat.edge());
    boolean told = current.isPresent() && current.get().document().slots().contains(seat.forward());
    String forward =
        told ? current.get().signed() : document(connection, parts, seat.forward(), 0).signed();
    Composer.Composed back = document(connection, parts, seat.back(), told ? 0 : 1);
    return new Mandate.Member(seat.edge(), forward, back.signed());
  }

  private Composer.Composed document(
      Connection connection, Parts parts, DesiredSlot slot, long skipped)
      throws SQLException, InVain {
    return switch (composer.compose(
        parts.with(slot, PartsTable.model(connection, slot), skipped))) {
      case Composer.Refused(String reason) -> throw new InVain(parts.edge() + ": " + reason);
      case Composer.Composed document -> {
        Sql.run(
            connection,
            "insert into mandate_document values (?, ?, ?, ?, ?)",
            parts.edgeId(),
            document.number(),
            document.digest(),
            document.payload(),
            document.signed());
        yield document;
      }
    };
  }

  private boolean withdraw(Connection connection, String hub) throws SQLException {
    return retire(connection, hub) && desk.ensure(connection, hub) instanceof DesiredDesk.Issued;
  }

  /** What is no longer in force is asked for by nobody; the history tells of it. */
  private static boolean retire(Connection connection, String hub) throws SQLException {
    return Sql.run(
            connection,
            "delete from mandate where edge_id = (select id from edge where name = ?)",
            hub)
        > 0;
  }

  private void note(Connection connection, String rollout, String hub, String text)
      throws SQLException {
    History.add(connection, clock.instant(), rollout, hub, Cause.NOBODY, "site", text);
  }
}
