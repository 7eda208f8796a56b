package io.edgeflow.gateway.alarms;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Where people see alarms and answer them. Any thread; a future completes when it is safe. */
public interface AlarmPanel {
  /** Every alarm that is not normal and, if wanted, those that are; by rule and series. */
  CompletableFuture<List<AlarmRecord>> list(boolean normalToo);

  /** Somebody knows. Twice does no harm. */
  CompletableFuture<AlarmOutcome> acknowledge(String id, String who, String why);

  /**
   * @param length above 0; it counts from now, shelved before or not
   */
  CompletableFuture<AlarmOutcome> shelve(String id, String who, String why, Duration length);

  /** Twice does no harm. */
  CompletableFuture<AlarmOutcome> unshelve(String id, String who, String why);
}
