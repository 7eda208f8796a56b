package io.edgeflow.cloud.store;

import java.sql.Connection;
import java.time.InstantSource;
import javax.sql.DataSource;

/**
 * @param database connections of it are kept, one for each writer
 * @param storage how long rows have chunks, and windows are not compressed
 * @param writers that commit side by side, 1 to 16
 * @param maxSeries per edge
 * @param credits how much each edge may have under way
 * @param announcing whether each commit tells other processes whose frames it judged
 */
public record WriterSettings(
    DataSource database,
    Layout layout,
    StorageSettings storage,
    int writers,
    int maxSeries,
    Credits credits,
    boolean announcing,
    InstantSource clock) {
  /** The newest version of frames that this cloud reads. */
  static final int FRAME_VERSION = 1;

  public static final int MOST_WRITERS = 16;

  private static final int STANDARD_WRITERS = 2;

  public WriterSettings {
    if (writers < 1 || writers > MOST_WRITERS) {
      throw new IllegalArgumentException("not a number of writers: " + writers);
    }
  }

  /**
   * @param creditBytes how much any edge may have under way
   */
  public WriterSettings(
      DataSource database, Layout layout, int maxSeries, long creditBytes, InstantSource clock) {
    this(
        database,
        layout,
        StorageSettings.STANDARD,
        STANDARD_WRITERS,
        maxSeries,
        edge -> creditBytes,
        false,
        clock);
  }

  public WriterSettings granting(Credits others) {
    return new WriterSettings(
        database, layout, storage, writers, maxSeries, others, announcing, clock);
  }

  /** Other processes hold the connections of some edges, and answer them. */
  public WriterSettings toldToOthers() {
    return new WriterSettings(database, layout, storage, writers, maxSeries, credits, true, clock);
  }

  public WriterSettings writing(int others) {
    return new WriterSettings(
        database, layout, storage, others, maxSeries, credits, announcing, clock);
  }

  public WriterSettings storing(StorageSettings other) {
    return new WriterSettings(
        database, layout, other, writers, maxSeries, credits, announcing, clock);
  }

  Verdicts verdicts() {
    return new Verdicts(clock, credits, FRAME_VERSION);
  }

  WriterSession.Settings session() {
    return new WriterSession.Settings(
        database, layout, storage, maxSeries, verdicts(), announcing, clock, Connection::commit);
  }
}
