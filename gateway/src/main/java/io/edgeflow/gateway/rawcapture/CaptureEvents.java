package io.edgeflow.gateway.rawcapture;

import io.edgeflow.process.settings.Glob;
import io.edgeflow.wire.frame.EventRow;
import io.edgeflow.wire.frame.EventSeverity;
import io.edgeflow.wire.frame.ShortText;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * @param count readings that are in the cloud's raw table, or on their way there
   * @param limited whether there were more than a stretch may have
   * @param missing why some may be missing; empty if none is
   */
  public static List<EventRow> captured(
      Around around,
      List<String> series,
      long count,
      boolean limited,
      String missing,
      long presentMicros) {
    Stretch stretch = around.stretch();
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("series", cut(String.join(", ", series)));
    detail.put("raised", millis(around.raisedMicros()));
    detail.put("from", millis(stretch.fromMicros()));
    detail.put("to", millis(stretch.toMicros()));
    detail.put("readings", Long.toString(count));
    detail.put("limited", Boolean.toString(limited));
    detail.put("missing", cut(missing));
    String message =
        count
            + " readings around an alarm of "
            + around.series()
            + " went to the cloud"
            + (limited ? "; there are more than a stretch may have" : "")
            + (missing.isEmpty() ? "" : "; some are not there any more: " + missing);
    EventSeverity severity =
        limited || !missing.isEmpty() ? EventSeverity.WARNING : EventSeverity.INFO;
    List<EventRow> events = new ArrayList<>();
    for (String alarm : around.alarms()) {
      SortedMap<String, String> own = new TreeMap<>(detail);
      own.put("alarm", alarm);
      events.add(
          new EventRow(
              presentMicros, severity, "raw-captured", around.series(), cut(message), own));
    }
    return events;
  }

  /**
   * @param count alarms since the last time that this was told
   */
  public static EventRow refused(long count, String lastAlarm, String why, long presentMicros) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("alarms", Long.toString(count));
    detail.put("alarm", lastAlarm);
    return new EventRow(
        presentMicros,
        EventSeverity.WARNING,
        "raw-capture-refused",
        "",
        "the raw readings around " + count + " alarms are not sent: " + why,
        detail);
  }

  private static String millis(long micros) {
    return Long.toString(micros / 1000);
  }

  private static EventRow told(
      String type, String message, Demand demand, String who, String why, long presentMicros) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("capture", demand.id());
    detail.put("patterns", cut(series(demand)));
    detail.put("until", millis(demand.untilMicros()));
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
    return ShortText.cut(text, LONGEST_TEXT);
  }
}
