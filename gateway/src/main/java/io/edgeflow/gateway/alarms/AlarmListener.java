package io.edgeflow.gateway.alarms;

import java.util.List;

/** Hears of alarms on the thread that owns them, so it must only hand over. */
public interface AlarmListener {
  /** Once, before all others: those that are not normal. */
  void begins(List<AlarmRecord> notNormal);

  /** An alarm is so from now on; also when it is normal again. It may not be on the disk yet. */
  void turned(AlarmRecord alarm);
}
