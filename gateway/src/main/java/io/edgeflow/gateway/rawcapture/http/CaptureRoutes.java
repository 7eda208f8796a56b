package io.edgeflow.gateway.rawcapture.http;

import io.edgeflow.gateway.rawcapture.CaptureOrder;
import io.edgeflow.gateway.rawcapture.CaptureOutcome;
import io.edgeflow.gateway.rawcapture.CapturePanel;
import io.edgeflow.gateway.rawcapture.Demand;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.Synced;
import io.edgeflow.process.http.Words;
import io.edgeflow.process.settings.Glob;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The paths of captures. Handlers block for the journal; they run on the server's workers. */
public final class CaptureRoutes {
  public static final String PATH = "/api/v1/captures";

  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;

  private final Supplier<CapturePanel> panel;
  private final LongSupplier presentMicros;

  private CaptureRoutes(Supplier<CapturePanel> panel, LongSupplier presentMicros) {
    this.panel = panel;
    this.presentMicros = presentMicros;
  }

  /**
   * @param panel may refuse with an {@link HttpRefusal} while there is none
   */
  public static Routes add(
      Routes routes, Supplier<CapturePanel> panel, LongSupplier presentMicros) {
    var here = new CaptureRoutes(panel, presentMicros);
    return routes.get(PATH, here::list).post(PATH, here::begin).delete(PATH + "/{id}", here::end);
  }

  private Answer list(Request ignored) throws Exception {
    List<CaptureDocument> captures =
        Synced.await(panel.get().figures()).demands().stream().map(CaptureDocument::of).toList();
    return Answer.json(new CaptureDocument.Page(presentMicros.getAsLong() / 1000, captures));
  }

  private Answer begin(Request request) throws Exception {
    CaptureOrder order;
    try {
      order = order(request.body());
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
    CaptureDocument begun = answer(panel.get().begin(order));
    return Answer.json(CREATED, begun).with("location", PATH + "/" + begun.id());
  }

  /** {@code {"series":["pump-7/*"],"for":"10m","who":"ada","why":"it rattles"}}. */
  private static CaptureOrder order(byte[] body) {
    Words words = Words.read(body, List.of("series", "for", "who", "why"));
    return new CaptureOrder(
        words.texts("series").stream().map(CaptureRoutes::pattern).toList(),
        words.length(
            "for",
            CaptureOrder.SHORTEST,
            CaptureOrder.LONGEST,
            "must be 1s to 24h: a capture always has an end"),
        words.text("who", 1, LONGEST_WHO),
        words.text("why", 0, LONGEST_WHY));
  }

  private static Glob pattern(String text) {
    try {
      return Glob.parse(text);
    } catch (IllegalArgumentException blank) {
      throw new IllegalArgumentException("series " + blank.getMessage(), blank);
    }
  }

  /** {@code who=} says who ends it. */
  private Answer end(Request request) throws Exception {
    String who = request.one("who").orElse("");
    if (who.length() > LONGEST_WHO) {
      throw HttpRefusal.badRequest("who must be a text of 0 to 64 characters");
    }
    return Answer.json(answer(panel.get().end(request.segment("id"), who)));
  }

  private static CaptureDocument answer(CompletableFuture<CaptureOutcome> outcome)
      throws Exception {
    return switch (Synced.await(outcome)) {
      case CaptureOutcome.Done(Demand demand) -> CaptureDocument.of(demand);
      case CaptureOutcome.Unknown() -> throw HttpRefusal.notFound("no such capture is at work");
      case CaptureOutcome.Full(int most) ->
          throw new HttpRefusal(
              CONFLICT, "conflict", most + " captures are at work already; end one");
    };
  }
}
