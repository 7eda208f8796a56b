package io.edgeflow.gateway.scoring;

import io.edgeflow.inference.guard.GuardEvent;
import io.edgeflow.inference.slot.ModelIdentity;
import io.edgeflow.wire.frame.EventSeverity;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happens to the models of a slot, as events and in the log. Any thread. */
final class ModelEvents {
  private static final Logger log = LoggerFactory.getLogger(ModelEvents.class);
  private static final int LONGEST = 500;

  private final String slot;
  private final ScoringLog events;

  /** Who asked for the change that is being made. */
  private volatile Said said = Said.NOBODY;

  private volatile String source = "";

  /** Of models' own processes. */
  private final LongAdder deaths = new LongAdder();

  ModelEvents(String slot, ScoringLog events) {
    this.slot = slot;
    this.events = events;
  }

  /** What is told from now on is of a change that somebody asked for. */
  void said(Said by) {
    said = by;
  }

  /**
   * The rows from here on are this model's.
   *
   * @return tells so, as of the change that is being made now, also if it is told later
   */
  Runnable active(Optional<ModelIdentity> model) {
    if (model.isEmpty()) {
      SortedMap<String, String> detail = detail();
      return () -> tell(EventSeverity.INFO, "model-inactive", "no model scores any more", detail);
    }
    SortedMap<String, String> detail = detail(model.get());
    String because = source;
    detail.put("source", because);
    String message = words(model.get()) + " scores, " + because;
    return () -> tell(EventSeverity.INFO, "model-active", message, detail);
  }

  /** Why the model that begins next was taken. */
  void source(String why) {
    source = why;
  }

  void prepared(ModelIdentity model) {
    String message = words(model) + " is loaded beside the model that scores, and proved itself";
    tell(EventSeverity.INFO, "model-prepared", message, detail(model));
  }

  void discarded(ModelIdentity model) {
    tell(EventSeverity.INFO, "model-discarded", words(model) + " is dropped", detail(model));
  }

  void disabled() {
    tell(EventSeverity.WARNING, "model-disabled", "no model is to score", detail());
  }

  void enabled() {
    tell(EventSeverity.INFO, "model-enabled", "a model is to score again", detail());
  }

  void shadowed(ModelIdentity model) {
    String message = words(model) + " is compared with the model that scores";
    tell(EventSeverity.INFO, "model-shadow", message, detail(model));
  }

  void refused(String folder, String why) {
    SortedMap<String, String> detail = detail();
    detail.put("bundle", folder);
    refused(detail, folder + " is not taken: " + why);
  }

  void refused(ModelIdentity model, String why) {
    refused(detail(model), words(model) + " is not taken: " + why);
  }

  private void refused(SortedMap<String, String> detail, String message) {
    tell(EventSeverity.WARNING, "model-refused", message, detail);
  }

  void failing(ModelIdentity model, String why) {
    String message = words(model) + " gives no scores: " + why;
    tell(EventSeverity.WARNING, "model-failing", message, detail(model));
  }

  void guard(GuardEvent event) {
    switch (event) {
      case GuardEvent.Opened(String model, String cause) ->
          warn("model-paused", model + " failed too often and is not called for a while: " + cause);
      case GuardEvent.Recovered(String model) ->
          tell(EventSeverity.INFO, "model-recovered", model + " gives scores again", detail());
      case GuardEvent.Abandoned(String model, int lost) ->
          warn(
              "model-hangs",
              model + " does not return from a call and is given up; lost threads: " + lost);
      case GuardEvent.Returned(String model) ->
          tell(EventSeverity.INFO, "model-returned", model + " came out of its call", detail());
      case GuardEvent.ChildDied died -> {
        deaths.increment();
        warn(
            "model-died",
            "the process of %s ended: %s; it starts again in %d s"
                .formatted(died.model(), died.cause(), died.restartIn().toSeconds()));
      }
      case GuardEvent.ChildRestarted(String model, long pid) ->
          tell(
              EventSeverity.INFO,
              "model-restarted",
              "the process of " + model + " is there again: " + pid,
              detail());
    }
  }

  /** Of models' own processes, so far. */
  long deaths() {
    return deaths.sum();
  }

  private void warn(String type, String message) {
    tell(EventSeverity.WARNING, type, message, detail());
  }

  private void tell(
      EventSeverity severity, String type, String message, SortedMap<String, String> detail) {
    String whole = "slot " + slot + ": " + message;
    String text = whole.length() > LONGEST ? whole.substring(0, LONGEST) : whole;
    if (severity == EventSeverity.INFO) {
      log.info("{}", text);
    } else {
      log.warn("{}", text);
    }
    events.event(severity, type, text, detail);
  }

  private SortedMap<String, String> detail() {
    SortedMap<String, String> detail = new TreeMap<>();
    detail.put("slot", slot);
    Said by = said;
    if (!by.who().isEmpty()) {
      detail.put("who", by.who());
      detail.put("why", by.why());
    }
    return detail;
  }

  private SortedMap<String, String> detail(ModelIdentity model) {
    SortedMap<String, String> detail = detail();
    detail.put("name", model.name());
    detail.put("version", model.version());
    detail.put("digest", model.digest());
    return detail;
  }

  private static String words(ModelIdentity model) {
    return model.name() + " " + model.version();
  }
}
