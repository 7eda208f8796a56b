package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Flow;
import io.edgeflow.process.http.Reply;
import io.edgeflow.process.http.ReplyHandler;
import io.edgeflow.process.http.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * {@code GET /api/v1/data}: points of some series over some time (Q2). A short answer is made at
 * once, of one state of the database, and has a tag; a long one is made while it is sent, each
 * piece of one state.
 */
final class DataHandler implements ReplyHandler {
  /** What is answered at once, in points and in bytes. */
  private static final int SHORT_POINTS = 40_000;

  private static final int SHORT_BYTES = 12 << 20;

  /** Small pieces would make a long answer slow. */
  private static final int PIECE_BYTES = 64 << 10;

  /** From this many points on it is worth a second connection. */
  private static final int MANY_POINTS = 2_000;

  private static final byte[] NOTHING = new byte[0];

  private final Reads reads;
  private final Reads pieces;
  private final Companions companions;
  private final InstantSource clock;
  private final String version;

  /**
   * @param pieces how long answers are read
   * @param companions read beside the first connection for answers that are made at once
   * @param version of the program
   */
  DataHandler(
      Reads reads, Reads pieces, Companions companions, InstantSource clock, String version) {
    this.reads = reads;
    this.pieces = pieces;
    this.companions = companions;
    this.clock = clock;
    this.version = version;
  }

  /** An answer, or what it needs to be made at length. */
  private record Begun(Optional<Answer> answer, DataHead head) {}

  @Override
  public Reply reply(Request request) throws SQLException, Overload {
    DataQuestion question = DataQuestion.of(request, clock);
    Begun begun = reads.ask(connection -> begin(connection, question, request));
    if (begun.answer().isPresent()) {
      return begun.answer().get();
    }
    return new Flow(
        question.format().contentType(),
        Map.of("cache-control", "no-store", "vary", "accept"),
        new AtLength(question, begun.head()));
  }

  private final class AtLength implements Flow.Source {
    private final DataHead head;
    private final Form form;
    private final DataPieces data;
    private boolean ended;

    AtLength(DataQuestion question, DataHead head) {
      this.head = head;
      this.form = form(question);
      this.data = new DataPieces(question, head, form);
      form.begin(question, head.parts());
    }

    @Override
    public byte[] next() throws SQLException, Overload {
      while (data.hasNext() && form.size() < PIECE_BYTES) {
        pieces.ask(
            connection -> {
              data.next(connection);
              return true;
            });
      }
      if (!data.hasNext() && !ended) {
        form.end(head.unknown(), head.annotations());
        ended = true;
      }
      return form.take();
    }
  }

  private Begun begin(Connection connection, DataQuestion question, Request request)
      throws SQLException {
    List<SeriesRow> series = DataHead.series(connection, question);
    Map<Integer, Visible> visible =
        Visible.read(connection, series, question.span(), question.invalid());
    if (question.pointsPerSeries() * series.size() > SHORT_POINTS) {
      return new Begun(Optional.empty(), DataHead.read(connection, question, series, visible));
    }
    String tag =
        DataTag.of(
            connection,
            question,
            series,
            visible,
            version + ' ' + request.header("accept-encoding").orElse(""));
    Map<String, String> headers =
        Map.of("etag", tag, "cache-control", "no-cache", "vary", "accept");
    boolean same =
        Arrays.stream(request.header("if-none-match").orElse("").split(",", -1))
            .map(String::strip)
            .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag) || one.equals("*"));
    if (same) {
      return new Begun(
          Optional.of(new Answer(304, question.format().contentType(), NOTHING, headers)),
          DataHead.NONE);
    }
    DataHead head = DataHead.read(connection, question, series, visible);
    return new Begun(
        atOnce(connection, question, head)
            .map(body -> new Answer(200, question.format().contentType(), body, headers)),
        head);
  }

  /** Empty if it becomes long: nobody knows before how often a state changed. */
  private Optional<byte[]> atOnce(Connection connection, DataQuestion question, DataHead head)
      throws SQLException {
    long points = question.pointsPerSeries() * head.series().size();
    int most = points < MANY_POINTS ? 1 : points < DataPieces.POINTS ? 2 : 4;
    List<DataHead> shares = head.shares(most);
    var ahead =
        new ReadAhead<DataHead, byte[]>(
            shares, (other, share, over) -> part(other, question, share, over));
    if (shares.size() > 1) {
      companions.join(
          connection,
          other -> {
            ahead.readAhead(other);
            return true;
          });
    }
    try {
      Form form = form(question);
      form.begin(question, head.parts());
      for (DataHead share : shares) {
        form.add(ahead.take(connection, share));
        if (form.size() > SHORT_BYTES) {
          return Optional.empty();
        }
      }
      form.end(head.unknown(), head.annotations());
      return Optional.of(form.take());
    } finally {
      ahead.end();
    }
  }

  /** The series of a share as they are written; not all of them where that is too much. */
  private static byte[] part(
      Connection connection, DataQuestion question, DataHead share, BooleanSupplier over)
      throws SQLException {
    Form form = form(question);
    form.beginPart();
    var data = new DataPieces(question, share, form);
    while (data.hasNext() && form.size() <= SHORT_BYTES && !over.getAsBoolean()) {
      data.next(connection);
    }
    return form.take();
  }

  private static Form form(DataQuestion question) {
    return switch (question.format()) {
      case JSON -> new JsonForm(question);
      case CSV -> new CsvForm(question);
    };
  }
}
