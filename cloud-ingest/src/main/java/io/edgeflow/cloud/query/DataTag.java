package io.edgeflow.cloud.query;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names what an answer will be from what it depends on, without reading a point: the question, and
 * how far the ledgers of the edges are that send it, for whatever is stored is entered there in the
 * same transaction. What is touched counts too: sums that were added up in another order may differ
 * in their last digit.
 */
final class DataTag {
  private static final String LEDGERS =
      """
      select concat_ws('|', e.name, e.online, e.presence_since, (
          select concat_ws(':', count(*), sum(l.committed_frames), sum(l.committed_readings),
            sum(l.highest), sum(l.running_total))
          from frame_ledger l where l.edge_id = e.id
        ), (
          select concat_ws(':', count(*), sum(f.readings), max(f.updated))
          from frame_fate f join frame_ledger l on l.id = f.ledger_id where l.edge_id = e.id
        ), (select concat_ws(':', count(*), max(named_at)) from incarnation i where i.edge_id = e.id),
        (select concat_ws(':', h.minutes, h.hours) from rollup_horizon h),
        (select count(*) from rollup_touch t where t.edge_id = e.id),
        (select count(*) from rollup_touch_day t where t.edge_id = e.id))
      from edge e
      where e.id in (
        select source_edge_id from series where id = any(?::int[]) or head = any(?::int[])
      )
      order by e.name collate "C"
      """;

  private DataTag() {}

  /**
   * With quotes, as in a header.
   *
   * @param writing what else makes the bytes: the version of the program, and the encodings that
   *     the client accepts
   */
  static String of(
      Connection connection,
      DataQuestion question,
      List<SeriesRow> series,
      Map<Integer, Visible> visible,
      String writing)
      throws SQLException {
    MessageDigest digest = sha256();
    add(digest, writing);
    add(digest, new TreeMap<>(visible).toString());
    add(digest, question.span() + "" + question.step() + question.grid() + question.columns());
    add(digest, question.format() + "" + question.patterns());
    add(digest, question.gaps() + "" + question.annotations() + question.invalid());
    if (question.gaps()) {
      add(digest, Long.toString(GapFinder.end(question)));
    }
    if (Column.wantTimes(question.columns())) {
      add(digest, Long.toString(Math.min(question.now(), question.span().to())));
    }
    series.forEach(row -> add(digest, row.id() + row.path() + '\n' + row.unit() + row.kindCode()));
    try (PreparedStatement select = connection.prepareStatement(LEDGERS)) {
      Object[] ids = series.stream().map(SeriesRow::id).toArray();
      select.setArray(1, connection.createArrayOf("int4", ids));
      select.setArray(2, connection.createArrayOf("int4", ids));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          add(digest, rows.getString(1));
        }
      }
    }
    return '"' + HexFormat.of().formatHex(digest.digest(), 0, 16) + '"';
  }

  private static void add(MessageDigest digest, String part) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
