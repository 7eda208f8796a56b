package io.edgeflow.cloud.query;

import io.edgeflow.process.http.HttpRefusal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Reads the runs of a state or text that is made of several sources, or wrong in part. */
final class VisibleRuns {
  private static final int MOST = 50_000;

  private record Found(int source, Point.Run run) {}

  private VisibleRuns() {}

  /** In order; where a wrong stretch begins, the value is not known any more. */
  static List<Point.Run> read(Connection connection, Visible visible, DataQuestion question)
      throws SQLException {
    List<Found> found = new ArrayList<>();
    boolean more =
        RunQuery.read(
                connection,
                visible.sources(),
                question.span(),
                MOST,
                (source, run) -> found.add(new Found(source, run)))
            .isPresent();
    if (more) {
      throw HttpRefusal.badRequest(
          "series: one that is joined, or wrong in part, changed more than %d times from..to: ask for a shorter time"
              .formatted(MOST));
    }
    List<Point.Run> runs = new ArrayList<>();
    for (Found one : found) {
      if (visible.shows(one.source(), one.run().t() * 1000)) {
        runs.add(one.run());
      }
    }
    if (!question.invalid()) {
      visible.invalid().forEach(wrong -> runs.add(unknown(wrong.from())));
    }
    runs.sort(Comparator.comparingLong(Point.Run::t));
    return fromTheOneThatHolds(runs, question.span().from() / 1000);
  }

  private static Point.Run unknown(long micros) {
    return new Point.Run(micros / 1000, 0, 0, null, "bad");
  }

  /** Each source has one from before the time; the last of them holds when it begins. */
  private static List<Point.Run> fromTheOneThatHolds(List<Point.Run> runs, long begin) {
    int first = 0;
    while (first + 1 < runs.size() && runs.get(first + 1).t() <= begin) {
      first++;
    }
    return runs.subList(first, runs.size());
  }
}
