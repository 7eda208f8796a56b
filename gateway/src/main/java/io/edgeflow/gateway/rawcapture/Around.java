package io.edgeflow.gateway.rawcapture;

import java.util.ArrayList;
import java.util.List;

/**
 * The readings around one alarm, or several of the same series shortly after each other; they are
 * sent when the last of them can have arrived.
 *
 * @param series the name of the one that alarmed
 * @param raisedMicros when it was raised first, by the reading's time
 * @param alarms their ids, one at least
 */
public record Around(Stretch stretch, String series, long raisedMicros, List<String> alarms) {
  /** So that a frame's event is of bounded size. */
  public static final int MOST_ALARMS = 16;

  public Around {
    alarms = List.copyOf(alarms);
  }

  /** The same, and another alarm with it. */
  public Around with(String alarm, long toMicros) {
    List<String> all = new ArrayList<>(alarms);
    if (!all.contains(alarm)) {
      all.add(alarm);
    }
    long to = Math.max(stretch.toMicros(), toMicros);
    return new Around(
        new Stretch(stretch.id(), stretch.series(), stretch.fromMicros(), to),
        series,
        raisedMicros,
        all);
  }
}
