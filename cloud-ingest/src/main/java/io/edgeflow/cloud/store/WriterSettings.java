package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Migrations.Layout;
import java.sql.Connection;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * @param database one connection of it is kept
 * @param maxSeries per edge
 * @param creditBytes how much an edge may have under way
 */
public record WriterSettings(
    DataSource database, Layout layout, int maxSeries, long creditBytes, InstantSource clock) {
  /** The newest version of frames that this cloud reads. */
  static final int FRAME_VERSION = 1;

  Verdicts verdicts() {
    return new Verdicts(clock, creditBytes, FRAME_VERSION);
  }

  WriterSession.Settings session() {
    return new WriterSession.Settings(
        database, layout, maxSeries, verdicts(), clock, Connection::commit);
  }
}
