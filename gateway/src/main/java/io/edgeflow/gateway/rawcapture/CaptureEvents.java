package io.edgeflow.gateway.rawcapture;

import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How captures are told: a word and a sentence, and facts for programs. Pure. */
public final class CaptureEvents {
  private static final int LONGEST_TEXT = 1000;

  private CaptureEvents() {}

  public static EventRow began(Demand demand, long presentMicros) {
    return told(
        "capture-began",
        "every reading of "
            + series(demand)
            + " goes to the cloud for "
            + demand.lengthMicros() / 1_000_000
            + " s"
            + by(demand.who()),
        demand,
        demand.who(),
        demand.why(),
        presentMicros);
  }

  /**
   * @param who empty if its time is over
   */
  public static EventRow ended(Demand demand, String who, String why, long presentMicros) {
    return told(
        "capture-ended",
        "the readings of " + series(demand) + " go to the cloud as configured again" + by(who),
        demand,
        who,
        why,
        presentMicros);
  }

  private static EventRow told(
      String type, String message, Demand demand, String who, String why, long presentMicros) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("capture", demand.id());
    detail.put("patterns", cut(series(demand)));
    detail.put("until", Long.toString(demand.untilMicros() / 1000));
    detail.put("who", who);
    detail.put("why", why);
    return new EventRow(presentMicros, EventSeverity.INFO, type, "", cut(message), detail);
  }

  private static String by(String who) {
    return who.isEmpty() ? "" : ", by " + who;
  }

  private static String series(Demand demand) {
    return demand.series().stream().map(Glob::pattern).collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? 1 : 0;
    return text.substring(0, LONGEST_TEXT - end);
  }
}
