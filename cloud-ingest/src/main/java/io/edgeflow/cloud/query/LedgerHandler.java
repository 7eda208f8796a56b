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
 * {@code GET /api/v1/ledger}: the account of every edge; with {@code audit=true} held against the
 * sums of the tables, which takes long when they are large; with {@code detail=true} the frames
 * that are not committed are named; with {@code brief=true} only the sums, however many edges there
 * are.
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
   * @param coarse of edges and lanes that have coarse frames
   */
  record Ledger(
      boolean balances,
      Summary readings,
      Map<String, Account> totals,
      List<LaneLine> lanes,
      List<Coarsening> coarse,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<AuditLine> audit,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<NamedNumbers> named) {}

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
      String tail,
      long lowWater,
      long highest,
      @JsonUnwrapped Account account,
      String state,
      boolean balances) {}

  /**
   * @param rolledUpOnly readings that came behind the horizon and are in days only
   * @param removed readings that were older than is kept; see {@code retention_log}
   */
  record AuditLine(
      String edge,
      String lane,
      long committed,
      long inTables,
      long rolledUpOnly,
      long removed,
      boolean balances) {}

  private record Question(String edge, boolean audit, boolean detail, boolean brief) {}

  @Override
  public Answer answer(Request request) throws SQLException, Overload {
    var parameters = new Parameters(request, "edge", "audit", "detail", "brief");
    var question =
        new Question(
            parameters.text("edge").orElse(""),
            parameters.flag("audit"),
            parameters.flag("detail"),
            parameters.flag("brief"));
    Reads how = question.audit() ? audits : reads;
    return Answer.json(how.ask(connection -> ledger(connection, question)));
  }

  private static Ledger ledger(Connection connection, Question question) throws SQLException {
    String edge = question.edge();
    List<LaneRow> rows = LedgerQuery.lanes(connection, edge);
    SequencedMap<LedgerQuery.Key, List<LaneRow>> groups = groups(rows);
    List<LaneLine> lanes = rows.stream().map(row -> line(row, groups)).toList();
    List<Coarsening> coarse =
        groups.values().stream().map(Coarsening::of).filter(Coarsening::isNeeded).toList();
    List<AuditLine> audit =
        question.audit() ? audit(groups, LedgerQuery.stored(connection, edge)) : null;
    boolean balances =
        lanes.stream().allMatch(LaneLine::balances)
            && coarse.stream().allMatch(Coarsening::balances)
            && (audit == null || audit.stream().allMatch(AuditLine::balances));
    SequencedMap<String, Account> totals = totals(rows);
    Account windows = totals.getOrDefault(Lane.WINDOW.word(), Account.sum(List.of()));
    return new Ledger(
        balances,
        summary(windows),
        totals,
        question.brief() ? List.of() : lanes,
        question.brief() ? List.of() : coarse,
        audit,
        question.detail() ? named(connection, rows) : null);
  }

  /** The rows of each edge and lane together, in order. */
  private static SequencedMap<LedgerQuery.Key, List<LaneRow>> groups(List<LaneRow> rows) {
    SequencedMap<LedgerQuery.Key, List<LaneRow>> groups =
        new TreeMap<>(
            Comparator.comparing(LedgerQuery.Key::edge).thenComparing(LedgerQuery.Key::lane));
    for (LaneRow row : rows) {
      groups.computeIfAbsent(LedgerQuery.Key.of(row), _ -> new ArrayList<>()).add(row);
    }
    return groups;
  }

  private static LaneLine line(LaneRow row, Map<LedgerQuery.Key, List<LaneRow>> groups) {
    long group =
        groups.getOrDefault(LedgerQuery.Key.of(row), List.of()).stream()
            .filter(one -> one.untold().frames() > 0)
            .mapToLong(one -> one.account().missing().readings())
            .sum();
    LaneState state = LaneState.of(row, group);
    return new LaneLine(
        row.edge(),
        row.incarnation(),
        row.lane().word(),
        row.tail().word(),
        row.lowWater(),
        row.highest(),
        row.account(),
        state.word(),
        state.isAccounted());
  }

  private static SequencedMap<String, Account> totals(List<LaneRow> rows) {
    SequencedMap<String, Account> totals = new TreeMap<>();
    for (Lane lane : Lane.values()) {
      totals.put(
          lane.word(),
          Account.sum(
              rows.stream().filter(row -> row.lane() == lane).map(LaneRow::account).toList()));
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
      Map<LedgerQuery.Key, List<LaneRow>> groups, Map<LedgerQuery.Key, LedgerQuery.Stored> stored) {
    List<AuditLine> lines = new ArrayList<>();
    groups.forEach(
        (key, rows) -> {
          if (key.lane() != Lane.EVENT) {
            long committed =
                rows.stream().mapToLong(row -> row.account().committed().readings()).sum();
            lines.add(audit(key, committed, stored.getOrDefault(key, LedgerQuery.Stored.NONE)));
          }
        });
    stored.forEach(
        (key, held) -> {
          if (!groups.containsKey(key)) {
            lines.add(audit(key, 0, held));
          }
        });
    return lines;
  }

  private static AuditLine audit(LedgerQuery.Key key, long committed, LedgerQuery.Stored held) {
    return new AuditLine(
        key.edge(),
        key.lane().word(),
        committed,
        held.rows(),
        held.rolled(),
        held.removed(),
        committed == held.rows() + held.rolled() + held.removed());
  }

  private static List<NamedNumbers> named(Connection connection, List<LaneRow> rows)
      throws SQLException {
    List<NamedNumbers> named = new ArrayList<>();
    for (LaneRow row : rows) {
      Account account = row.account();
      if (row.settledTo() > 0
          || !account.missing().equals(Amount.NONE)
          || account.contested().frames() > 0) {
        named.addAll(NamedNumbers.of(connection, row));
      }
    }
    return named;
  }
}
