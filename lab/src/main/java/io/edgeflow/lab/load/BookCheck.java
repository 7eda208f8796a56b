package io.edgeflow.lab.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The books of a fleet held against the ledger of its cloud and the sums of its tables, edge by
 * edge. To be drawn when nothing is pending.
 *
 * @param faults a sentence for each thing that differs; empty if everything balances
 */
public record BookCheck(EdgeBook.Page windows, EdgeBook.Page events, List<String> faults) {
  /** More would not be read. */
  private static final int MOST_FAULTS = 20;

  /**
   * @param ledger of the cloud, {@code GET /api/v1/ledger?audit=true}
   */
  public static BookCheck of(List<EdgeBook> books, JsonNode ledger) {
    Map<String, JsonNode> lanes = new HashMap<>();
    for (JsonNode line : ledger.path("lanes")) {
      lanes.put(key(line.path("edge").asText(), line, line.path("incarnation").asText()), line);
    }
    Map<String, JsonNode> audit = new HashMap<>();
    for (JsonNode line : ledger.path("audit")) {
      audit.put(key(line.path("edge").asText(), line, ""), line);
    }
    List<String> faults = new ArrayList<>();
    EdgeBook.Page windows = EdgeBook.Page.EMPTY;
    EdgeBook.Page events = EdgeBook.Page.EMPTY;
    for (EdgeBook book : books) {
      windows = windows.plus(book.window());
      events = events.plus(book.event());
      if (book.pending() > 0) {
        faults.add("%s: %d frames wait".formatted(book.edge(), book.pending()));
      }
      compare(book, "window", book.window(), lanes, faults);
      compare(book, "event", book.event(), lanes, faults);
      tables(book.edge(), audit, faults);
    }
    if (!ledger.path("balances").asBoolean(false)) {
      faults.add("the cloud says that its ledger does not balance");
    }
    return new BookCheck(windows, events, List.copyOf(few(faults)));
  }

  private static List<String> few(List<String> faults) {
    return faults.subList(0, Math.min(faults.size(), MOST_FAULTS));
  }

  public boolean balances() {
    return faults.isEmpty();
  }

  private static String key(String edge, JsonNode line, String incarnation) {
    return edge + " " + line.path("lane").asText() + " " + incarnation;
  }

  private static void compare(
      EdgeBook book,
      String lane,
      EdgeBook.Page page,
      Map<String, JsonNode> lanes,
      List<String> faults) {
    JsonNode line = lanes.get(book.edge() + " " + lane + " " + book.incarnation());
    if (line == null) {
      if (page.framed().frames() > page.dropped().frames()) {
        faults.add("%s %s: the cloud knows nothing of it".formatted(book.edge(), lane));
      }
      return;
    }
    Amount settled =
        page.committed().plus(page.refused()).plus(page.conflict()).plus(page.dropped());
    same(book, lane, "numbered, settled", page.framed(), settled, faults);
    same(book, lane, "committed", page.committed(), amount(line, "committed"), faults);
    same(book, lane, "refused", page.refused(), amount(line, "refused"), faults);
    same(book, lane, "in conflict", page.conflict(), amount(line, "conflict"), faults);
    same(book, lane, "lost", Amount.NONE, amount(line, "lost"), faults);
  }

  private static void same(
      EdgeBook book, String lane, String what, Amount edge, Amount cloud, List<String> faults) {
    if (!edge.equals(cloud)) {
      faults.add("%s %s, %s: %s and %s".formatted(book.edge(), lane, what, edge, cloud));
    }
  }

  private static Amount amount(JsonNode line, String name) {
    JsonNode amount = line.path(name);
    return new Amount(amount.path("frames").asLong(), amount.path("readings").asLong());
  }

  private static void tables(String edge, Map<String, JsonNode> audit, List<String> faults) {
    JsonNode line = audit.get(edge + " window ");
    if (line != null && line.path("committed").asLong() != line.path("inTables").asLong()) {
      faults.add(
          "%s: %d readings committed, %d in the tables"
              .formatted(edge, line.path("committed").asLong(), line.path("inTables").asLong()));
    }
  }
}
