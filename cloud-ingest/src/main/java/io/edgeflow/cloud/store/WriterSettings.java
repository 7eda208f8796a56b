package io.edgeflow.cloud.store;

import io.edgeflow.cloud.store.Migrations.Layout;
import java.sql.Connection;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * @param database one connection of it is kept
 * @param maxSeries per edge
 * @param credits how much each edge may have under way
 */
public record WriterSettings(
    DataSource database, Layout layout, int maxSeries, Credits credits, InstantSource clock) {
  /** The newest version of frames that this cloud reads. */
  static final int FRAME_VERSION = 1;

  /**
   * @param creditBytes how much any edge may have under way
   */
  public WriterSettings(
      DataSource database, Layout layout, int maxSeries, long creditBytes, InstantSource clock) {
    this(database, layout, maxSeries, edge -> creditBytes, clock);
  }

  public WriterSettings granting(Credits others) {
    return new WriterSettings(database, layout, maxSeries, others, clock);
  }

  Verdicts verdicts() {
    return new Verdicts(clock, credits, FRAME_VERSION);
  }

  WriterSession.Settings session() {
    return new WriterSession.Settings(
        database, layout, maxSeries, verdicts(), clock, Connection::commit);
  }
}
