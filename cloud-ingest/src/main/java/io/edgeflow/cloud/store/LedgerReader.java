package io.edgeflow.cloud.store;

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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
   * For each edge an acknowledgement that names at least these frames, as far as they are settled:
   * a few questions to the database, however many edges there are.
   *
   * @param frames of each edge, and whether their content is not what was settled
   */
  public Map<String, Acknowledgement> acknowledgements(Map<String, Map<FrameId, Boolean>> frames)
      throws SQLException {
    try (Connection connection = database.getConnection()) {
      Map<String, Integer> ids = ids(connection, frames.keySet());
      Map<Integer, ArrivalNaming> namings = new HashMap<>();
      SortedSet<LaneKey> lanes = new TreeSet<>();
      ids.forEach(
          (edge, id) -> {
            ArrivalNaming naming = new ArrivalNaming(id, frames.getOrDefault(edge, Map.of()));
            namings.put(id, naming);
            lanes.addAll(naming.lanes());
          });
      Map<Integer, List<IncarnationVerdicts>> said =
          Verdicts.read(connection, LedgerTable.read(connection, lanes), new NamingByEdge(namings));
      String generation = Generation.of(connection);
      Map<String, Acknowledgement> acknowledgements = new LinkedHashMap<>();
      for (String edge : frames.keySet()) {
        Integer id = ids.get(edge);
        List<IncarnationVerdicts> known = id == null ? List.of() : said.getOrDefault(id, List.of());
        acknowledgements.put(edge, verdicts.of(edge, false, generation, known));
      }
      return acknowledgements;
    }
  }

  /** Which of these frames were judged meanwhile. */
  public List<HandedFrame.Judged> judged(Collection<HandedFrame> frames) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return LedgerLook.judged(connection, frames);
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

  private static Map<String, Integer> ids(Connection connection, Set<String> edges)
      throws SQLException {
    Map<String, Integer> ids = new HashMap<>();
    try (PreparedStatement select =
        connection.prepareStatement("select name, id from edge where name = any(?::text[])")) {
      select.setArray(1, connection.createArrayOf("text", edges.toArray()));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          ids.put(row.getString(1), row.getInt(2));
        }
      }
    }
    return ids;
  }
}
