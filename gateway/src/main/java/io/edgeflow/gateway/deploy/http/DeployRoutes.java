package io.edgeflow.gateway.deploy.http;

import io.edgeflow.gateway.deploy.DeployPanel;
import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.Words;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The paths by which people keep a slot as it is, or forgive a model. They wait for the disk. */
public final class DeployRoutes {
  private static final String PATH = "/api/v1/models";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;
  private static final int DIGEST_LENGTH = 64;
  private static final int CONFLICT = 409;

  private final Supplier<DeployPanel> panel;

  /**
   * @param of a slot or a digest
   * @param outcome {@code done}; else the answer is no success
   */
  record Told(String of, String change, String outcome, String detail) {}

  private DeployRoutes(Supplier<DeployPanel> panel) {
    this.panel = panel;
  }

  /**
   * @param panel may refuse with an {@link HttpRefusal} while there is none
   */
  public static Routes add(Routes routes, Supplier<DeployPanel> panel) {
    var here = new DeployRoutes(panel);
    return routes
        .post(PATH + "/{slot}/pin", request -> here.slot(request, "pin"))
        .post(PATH + "/{slot}/unpin", request -> here.slot(request, "unpin"))
        .post(PATH + "/unblock", here::unblock);
  }

  private Answer slot(Request request, String change) throws Exception {
    Words body = words(request, List.of("who", "why"));
    String slot = request.segment("slot");
    Said by = by(body);
    return told(
        slot,
        change,
        change.equals("pin") ? panel.get().pin(slot, by) : panel.get().unpin(slot, by));
  }

  private Answer unblock(Request request) throws Exception {
    Words body = words(request, List.of("who", "why", "digest"));
    String digest = text(body, "digest", DIGEST_LENGTH, DIGEST_LENGTH);
    return told(digest, "unblock", panel.get().unblock(digest, by(body)));
  }

  private static Said by(Words body) {
    return new Said(text(body, "who", 1, LONGEST_WHO), text(body, "why", 0, LONGEST_WHY));
  }

  private static Words words(Request request, List<String> keys) {
    try {
      return Words.read(request.body(), keys);
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private static String text(Words body, String key, int least, int most) {
    try {
      return body.text(key, least, most);
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private static Answer told(String of, String change, CompletableFuture<ModelOutcome> asked)
      throws Exception {
    return switch (asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
      case ModelOutcome.Done(String what) -> Answer.json(new Told(of, change, "done", what));
      case ModelOutcome.Refused(String why) -> throw new HttpRefusal(CONFLICT, "conflict", why);
      case ModelOutcome.Unknown _ -> throw HttpRefusal.notFound("there is no slot " + of);
    };
  }
}
