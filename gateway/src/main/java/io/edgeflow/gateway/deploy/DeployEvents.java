package io.edgeflow.gateway.deploy;

import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.gateway.scoring.ScoringLog;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what becomes of documents and of what they ask for, as events and in the log. */
final class DeployEvents {
  private static final Logger log = LoggerFactory.getLogger(DeployEvents.class);
  private static final int LONGEST = 500;

  private final ScoringLog events;

  DeployEvents(ScoringLog events) {
    this.events = events;
  }

  /**
   * A slot stands somewhere else.
   *
   * @param before absent: it stood nowhere
   */
  void step(@Nullable SlotRecord before, SlotRecord now) {
    boolean onTheWay =
        switch (now.step()) {
          case PREPARING, ACTIVATING, RETURNING -> true;
          default -> false;
        };
    boolean same =
        before != null
            && before.step() == now.step()
            && before.target().rollout().equals(now.target().rollout())
            && before.digest().equals(now.digest());
    if (onTheWay || same) {
      return;
    }
    String word = now.step() == Step.PROVEN ? "proven" : now.step().state().word();
    SortedMap<String, String> detail = detail(now);
    String why = now.detail().isEmpty() ? "" : ": " + now.detail();
    String message = "slot " + now.slot() + ": " + now.target().words() + " is " + word + why;
    EventSeverity severity = now.step().isBadEnd() ? EventSeverity.WARNING : EventSeverity.INFO;
    tell(severity, "deploy-" + word, message, detail);
  }

  private static SortedMap<String, String> detail(SlotRecord record) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("slot", record.slot());
    detail.put("name", record.target().model());
    detail.put("version", record.target().version());
    detail.put("digest", record.digest());
    detail.put("rollout", record.target().rollout());
    detail.put("why", record.detail());
    return detail;
  }

  void taken(long number) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("number", Long.toString(number));
    tell(EventSeverity.INFO, "deploy-document", "document " + number + " is followed now", detail);
  }

  void refused(String why) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("why", why);
    tell(EventSeverity.WARNING, "deploy-refused", "a document is not followed: " + why, detail);
  }

  void said(String what, String of, Said by) {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("of", of);
    detail.put("who", by.who());
    detail.put("why", by.why());
    String because = by.why().isEmpty() ? "" : ": " + by.why();
    tell(
        EventSeverity.INFO,
        "deploy-" + what,
        of + ": " + what + " by " + by.who() + because,
        detail);
  }

  private void tell(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    String text = message.length() > LONGEST ? message.substring(0, LONGEST) : message;
    if (severity == EventSeverity.INFO) {
      log.info("{}", text);
    } else {
      log.warn("{}", text);
    }
    events.event(severity, type, text, detail);
  }
}
