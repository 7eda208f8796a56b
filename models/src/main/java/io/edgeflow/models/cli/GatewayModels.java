package io.edgeflow.models.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.edgeflow.process.cli.GatewayCalls;
import io.edgeflow.process.cli.GatewayRefused;
import io.edgeflow.process.http.Json;
import io.edgeflow.process.settings.Nearest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks a gateway's {@code /api/v1/models}. Every method blocks for the answer. */
final class GatewayModels {
  private static final String PATH = "/api/v1/models";

  /** A load has two minutes, and may wait for the trial of another model. */
  private static final Duration CHANGE = Duration.ofMinutes(4);

  private static final long LOOK_MILLIS = 250;

  private final GatewayCalls gateway;

  /** What became of a change. */
  record Outcome(boolean done, String detail) {}

  GatewayModels(GatewayCalls gateway) {
    this.gateway = gateway;
  }

  /** {@code {"slots":[…]}}. */
  JsonNode slots() throws IOException, InterruptedException {
    return gateway.get(PATH, JsonNode.class);
  }

  /**
   * Waits until it was made or refused.
   *
   * @param slot empty for what is of no slot
   */
  Outcome change(String slot, String change, Map<String, String> words)
      throws IOException, InterruptedException {
    try {
      JsonNode told = gateway.post(path(slot) + "/" + change, Json.text(words), JsonNode.class);
      return told.path("outcome").asText().equals("pending")
          ? awaited(slot, told.path("id").asLong())
          : new Outcome(true, told.path("detail").asText());
    } catch (GatewayRefused refused) {
      return new Outcome(
          false, refused.getMessage() + (refused.notFound() && !slot.isEmpty() ? near(slot) : ""));
    }
  }

  /** Which slot somebody probably meant, or where they are listed. */
  private String near(String slot) throws IOException, InterruptedException {
    List<String> known = new ArrayList<>();
    try {
      slots().path("slots").forEach(one -> known.add(one.path("slot").asText()));
    } catch (GatewayRefused unknown) {
      return ""; // What it refused first says more.
    }
    return Nearest.to(slot, known)
        .map(near -> "; did you mean " + near + "?")
        .orElse("; `edgeflow model slots` lists those that there are");
  }

  private static String path(String slot) {
    return slot.isEmpty() ? PATH : PATH + "/" + slot;
  }

  private Outcome awaited(String slot, long id) throws IOException, InterruptedException {
    long end = System.nanoTime() + CHANGE.toNanos();
    while (System.nanoTime() < end) {
      for (JsonNode one : slots().path("slots")) {
        if (one.path("slot").asText().equals(slot)) {
          for (JsonNode change : one.path("changes")) {
            String outcome = change.path("outcome").asText();
            if (change.path("id").asLong() == id && !outcome.equals("pending")) {
              return new Outcome(outcome.equals("done"), change.path("detail").asText());
            }
          }
        }
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return new Outcome(false, "it still goes on after " + CHANGE.toMinutes() + " minutes");
  }
}
