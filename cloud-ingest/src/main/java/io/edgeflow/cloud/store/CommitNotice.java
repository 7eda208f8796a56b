package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * Says within a transaction whose frames it judges. Whoever listens hears it after the commit, in
 * whatever process it is; what is lost of it is found in the ledger. Stateless.
 */
public final class CommitNotice {
  /** The channel; a notice is names of edges with blanks between them. */
  public static final String CHANNEL = "edgeflow_committed";

  /** PostgreSQL takes fewer than 8000 bytes. A name of an edge has no blanks and is ASCII. */
  private static final int MOST_BYTES = 7_900;

  private CommitNotice() {}

  static void tell(Connection connection, SortedSet<String> edges) throws SQLException {
    try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
      for (String names : payloads(edges)) {
        notify.setString(1, CHANNEL);
        notify.setString(2, names);
        notify.execute();
      }
    }
  }

  /** Every name once, in as few texts as there must be. */
  static List<String> payloads(SortedSet<String> edges) {
    List<String> payloads = new ArrayList<>();
    StringBuilder names = new StringBuilder();
    for (String edge : edges) {
      if (!names.isEmpty() && names.length() + 1 + edge.length() > MOST_BYTES) {
        payloads.add(names.toString());
        names.setLength(0);
      }
      names.append(names.isEmpty() ? "" : " ").append(edge);
    }
    if (!names.isEmpty()) {
      payloads.add(names.toString());
    }
    return payloads;
  }
}
