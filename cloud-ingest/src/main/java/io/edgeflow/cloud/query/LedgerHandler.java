package io.edgeflow.cloud.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.Request;
import io.edgeflow.wire.frame.Lane;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/ledger}: the account of every edge, and with {@code audit=true} held against
 * the sums of the tables, which takes long when they are large.
 */
final class LedgerHandler implements Handler {
  private final Reads reads;
  private final Reads audits;

  LedgerHandler(Reads reads, Reads audits) {
    this.reads = reads;
    this.audits = audits;
  }

  /**
   * @param balances whether every account does, and the audit if there is one
   */
  record Ledger(
      boolean balances,
      Summary readings,
      Map<String, Account> totals,
      List<LaneLine> lanes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AuditLine> audit) {}

  /**
   * Readings in windows and changes, in one line.
   *
   * @param accepted as far as edges have told; what was superseded travels on in coarser frames
   * @param refused refused or in conflict
   */
  record Summary(long accepted, long stored, long missing, long refused, long dropped, long lost) {}

  record LaneLine(
      String edge,
      String incarnation,
      String lane,
      long lowWater,
      long highest,
      @JsonUnwrapped Account account,
      boolean balances) {}

  record AuditLine(String edge, String lane, long committed, long inTables, boolean balances) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "edge", "audit");
    String edge = parameters.text("edge").orElse("");
    boolean audit = parameters.flag("audit");
    Reads how = audit ? audits : reads;
    return Answer.json(how.ask(connection -> ledger(connection, edge, audit)));
  }

  private static Ledger ledger(Connection connection, String edge, boolean audit)
      throws SQLException {
    List<LedgerQuery.Row> rows = LedgerQuery.lanes(connection, edge);
    List<LaneLine> lanes = rows.stream().map(LedgerHandler::line).toList();
    SequencedMap<String, Account> totals = totals(rows);
    List<AuditLine> lines = audit ? audit(rows, LedgerQuery.stored(connection, edge)) : null;
    boolean balances =
        lanes.stream().allMatch(LaneLine::balances)
            && (lines == null || lines.stream().allMatch(AuditLine::balances));
    Account windows = totals.getOrDefault(Lane.WINDOW.word(), Account.sum(List.of()));
    return new Ledger(balances, summary(windows), totals, lanes, lines);
  }

  private static LaneLine line(LedgerQuery.Row row) {
    return new LaneLine(
        row.edge(),
        row.incarnation(),
        row.lane().word(),
        row.lowWater(),
        row.highest(),
        row.account(),
        row.account().balances());
  }

  private static SequencedMap<String, Account> totals(List<LedgerQuery.Row> rows) {
    SequencedMap<String, Account> totals = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      totals.put(
          lane.word(),
          Account.sum(
              rows.stream()
                  .filter(row -> row.lane() == lane)
                  .map(LedgerQuery.Row::account)
                  .toList()));
    }
    return totals;
  }

  private static Summary summary(Account windows) {
    return new Summary(
        windows.announced().readings() - windows.superseded().readings(),
        windows.committed().readings(),
        windows.missing().readings(),
        windows.refused().readings() + windows.conflict().readings(),
        windows.dropped().readings(),
        windows.lost().readings());
  }

  private static List<AuditLine> audit(
      List<LedgerQuery.Row> rows, Map<LedgerQuery.Key, Long> stored) {
    Map<LedgerQuery.Key, Long> committed =
        new TreeMap<>(
            Comparator.comparing(LedgerQuery.Key::edge).thenComparing(LedgerQuery.Key::lane));
    for (LedgerQuery.Row row : rows) {
      if (row.lane() != Lane.EVENT) {
        committed.merge(
            new LedgerQuery.Key(row.edge(), row.lane()),
            row.account().committed().readings(),
            Long::sum);
      }
    }
    stored.keySet().forEach(key -> committed.putIfAbsent(key, 0L));
    List<AuditLine> lines = new ArrayList<>();
    committed.forEach(
        (key, readings) -> {
          long held = stored.getOrDefault(key, 0L);
          lines.add(new AuditLine(key.edge(), key.lane().word(), readings, held, readings == held));
        });
    return lines;
  }
}
