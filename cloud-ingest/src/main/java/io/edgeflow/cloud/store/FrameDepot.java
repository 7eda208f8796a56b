package io.edgeflow.cloud.store;

import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.wire.frame.Frame;
import io.edgeflow.wire.frame.FrameId;
import io.edgeflow.wire.frame.Incarnation;
import io.edgeflow.wire.frame.SeriesEntry;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Stores frames of history while the caller waits, in one transaction, beside the writer and by the
 * same rules: the ledger tells what is here already. Blocks; one call at a time. Keeps a connection
 * from the first call on.
 */
public final class FrameDepot implements AutoCloseable {
  /**
   * No gateway draws an incarnation that begins so, or one of four thousand million does: nobody
   * brings frames in the name of a gateway's start.
   */
  public static final int MARK = 0x1A9047F1;

  private static final String KNOWN =
      """
      select source_name, kind, source_unit
      from series s join edge e on e.id = s.source_edge_id
      where e.name = ? and source_name = any(?::text[])
      """;

  private static final String REASON =
      """
      select reason || case detail when '' then '' else ': ' || detail end from quarantine
      where edge = ? and incarnation = ? and lane = ? and number = ?
      order by id desc limit 1
      """;

  /** Of a number that was settled before: whether it was refused, or other content has it. */
  private static final String FATE =
      """
      select f.fate || case f.reason when '' then '' else ': ' || f.reason end
      from frame_fate f
      join frame_ledger l on l.id = f.ledger_id
      join edge e on e.id = l.edge_id
      where e.name = ? and l.incarnation = ? and l.lane = ? and f.numbers @> ?::bigint
        and f.fate <> 'superseded'
      limit 1
      """;

  private final WriterSettings settings;
  private @Nullable WriterSession session;

  public FrameDepot(WriterSettings settings) {
    this.settings = settings;
  }

  /**
   * @param reason why it is refused; empty for any other outcome
   */
  public record Verdict(FrameId id, FrameOutcome outcome, long readings, String reason) {}

  /** What was sent cannot be frames of history; the message says why, and holds no payload. */
  public static final class Unfit extends Exception {
    Unfit(String message) {
      super(message);
    }
  }

  private record Known(Kind kind, String unit) {}

  public static boolean isHistory(Incarnation incarnation) {
    return (int) (incarnation.hi() >>> 32) == MARK;
  }

  /**
   * A unit that a frame does not know is the one that is known here.
   *
   * @throws Unfit without storing any, if one cannot be read, or says of a series that it is of
   *     another kind than it is
   */
  public synchronized List<Verdict> store(String edge, List<byte[]> frames)
      throws SQLException, Unfit {
    List<Arrival.Good> read = new ArrayList<>(frames.size());
    for (byte[] bytes : frames) {
      read.add(unpacked(edge, bytes));
    }
    Map<String, Known> known = known(edge, read);
    List<Arrival> arrivals = new ArrayList<>(read.size());
    for (Arrival.Good good : read) {
      arrivals.add(new Arrival.Good(adopted(good.frame(), known), good.identity(), good.bytes()));
    }
    try {
      return verdicts(edge, session().store(arrivals));
    } catch (SQLException | RuntimeException failed) {
      drop();
      throw failed;
    }
  }

  private static Arrival.Good unpacked(String edge, byte[] bytes) throws Unfit {
    return switch (Unpacker.unpack(edge, bytes)) {
      case Unpacker.Unpacked.Judgeable(Arrival.Good good) when isHistory(good.id().incarnation()) ->
          good;
      case Unpacker.Unpacked.Judgeable(Arrival.Good _) ->
          throw new Unfit("a frame of an edge: edges send theirs themselves");
      case Unpacker.Unpacked.Judgeable(Arrival.Poison poison) ->
          throw new Unfit("a frame is " + poison.reason());
      case Unpacker.Unpacked.Unreadable(String reason) -> throw new Unfit("a frame is " + reason);
    };
  }

  private Map<String, Known> known(String edge, List<Arrival.Good> frames) throws SQLException {
    var names = new TreeSet<String>();
    frames.forEach(good -> good.frame().series().forEach(entry -> names.add(entry.name())));
    Map<String, Known> known = new HashMap<>();
    try (var connection = settings.database().getConnection()) {
      Sql.rows(
          connection,
          KNOWN,
          row ->
              known.put(row.getString(1), new Known(Kind.ofCode(row.getInt(2)), row.getString(3))),
          edge,
          names);
    }
    return known;
  }

  private static Frame adopted(Frame frame, Map<String, Known> known) throws Unfit {
    List<SeriesEntry> series = new ArrayList<>(frame.series().size());
    for (SeriesEntry entry : frame.series()) {
      Known here = known.get(entry.name());
      if (here != null && here.kind() != entry.kind()) {
        throw new Unfit(
            "%s/%s is a %s here, and comes as a %s"
                .formatted(frame.edge(), entry.name(), word(here.kind()), word(entry.kind())));
      }
      series.add(
          here != null && entry.unit().isEmpty()
              ? new SeriesEntry(entry.name(), entry.kind(), here.unit())
              : entry);
    }
    return new Frame(
        frame.edge(),
        frame.id(),
        frame.createdMicros(),
        frame.readings(),
        frame.runningTotal(),
        series,
        frame.windows(),
        frame.changes(),
        frame.raw(),
        frame.events(),
        frame.replaces());
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private List<Verdict> verdicts(String edge, CommittedBatch batch) throws SQLException {
    List<Verdict> verdicts = new ArrayList<>();
    try (var connection = settings.database().getConnection()) {
      for (CommittedBatch.Settled settled : batch.settled()) {
        verdicts.add(verdict(connection, edge, settled));
      }
    }
    return verdicts;
  }

  private static Verdict verdict(Connection connection, String edge, CommittedBatch.Settled settled)
      throws SQLException {
    Optional<String> refused =
        switch (settled.outcome()) {
          case COMMITTED, CONFLICT -> Optional.empty();
          case KNOWN -> ask(connection, FATE, edge, settled.id());
          case REFUSED -> ask(connection, REASON, edge, settled.id());
        };
    return new Verdict(
        settled.id(),
        refused.isPresent() ? FrameOutcome.REFUSED : settled.outcome(),
        settled.readings(),
        refused.orElse(""));
  }

  private static Optional<String> ask(
      Connection connection, String question, String edge, FrameId id) throws SQLException {
    return Sql.first(
        connection,
        question,
        row -> row.getString(1),
        edge,
        new UUID(id.incarnation().hi(), id.incarnation().lo()),
        id.lane().code(),
        id.number());
  }

  private WriterSession session() throws SQLException {
    WriterSession open = session;
    if (open == null) {
      open = WriterSession.open(settings.session());
      session = open;
    }
    return open;
  }

  private void drop() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  @Override
  public synchronized void close() {
    drop();
  }
}
