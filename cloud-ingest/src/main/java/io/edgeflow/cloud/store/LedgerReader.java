package io.edgeflow.cloud.store;

import io.edgeflow.cloud.ledger.LaneAccount;
import io.edgeflow.cloud.ledger.Numbers;
import io.edgeflow.wire.document.Acknowledgement;
import io.edgeflow.wire.document.IncarnationVerdicts;
import io.edgeflow.wire.document.LaneVerdicts;
import io.edgeflow.wire.document.Verdict;
import io.edgeflow.wire.document.VerdictRange;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.Lane;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * What the committed ledger says, whichever process wrote it (L8). Thread-safe; each call takes a
 * connection of the pool.
 */
public final class LedgerReader {
  private final DataSource database;
  private final Verdicts verdicts;

  public LedgerReader(WriterSettings settings) {
    this.database = settings.database();
    this.verdicts = settings.verdicts();
  }

  /**
   * An acknowledgement that names at least these frames, as far as they are settled.
   *
   * @param frames and whether their content is not what was settled
   */
  public Acknowledgement acknowledgement(String edge, Map<FrameId, Boolean> frames)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      Optional<Integer> id = id(connection, edge);
      if (id.isEmpty()) {
        return verdicts.of(edge, false, Generation.of(connection), List.of());
      }
      ArrivalNaming naming = new ArrivalNaming(id.get(), frames);
      SortedMap<LaneKey, LaneAccount> accounts = LedgerTable.read(connection, naming.lanes());
      return verdicts.of(
          edge, false, Generation.of(connection), Verdicts.read(connection, accounts, naming));
    }
  }

  /**
   * An acknowledgement that puts these frames off. Asks nobody.
   *
   * @param name of the database, as of the last acknowledgement
   */
  public Acknowledgement later(String edge, String name, Collection<FrameId> frames) {
    Map<Incarnation, SortedMap<Lane, Numbers>> numbers = new LinkedHashMap<>();
    for (FrameId frame : frames) {
      numbers
          .computeIfAbsent(frame.incarnation(), _ -> new TreeMap<>())
          .computeIfAbsent(frame.lane(), _ -> new Numbers())
          .add(frame.number());
    }
    List<IncarnationVerdicts> incarnations = new ArrayList<>();
    numbers.forEach(
        (incarnation, lanes) ->
            incarnations.add(
                new IncarnationVerdicts(
                    incarnation,
                    lanes.entrySet().stream()
                        .map(lane -> new LaneVerdicts(lane.getKey(), later(lane.getValue())))
                        .toList())));
    return verdicts.of(edge, false, name, incarnations);
  }

  /** An acknowledgement that only grants credit. Asks nobody. */
  public Acknowledgement credit(String edge, String name) {
    return verdicts.of(edge, false, name, List.of());
  }

  private static List<VerdictRange> later(Numbers numbers) {
    return numbers.ranges().stream()
        .map(range -> new VerdictRange(range.from(), range.to(), Verdict.LATER, "busy"))
        .toList();
  }

  private static Optional<Integer> id(Connection connection, String edge) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select id from edge where name = ?")) {
      select.setString(1, edge);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getInt(1)) : Optional.empty();
      }
    }
  }
}
