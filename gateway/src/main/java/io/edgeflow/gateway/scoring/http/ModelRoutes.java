package io.edgeflow.gateway.scoring.http;

import io.edgeflow.gateway.commissioning.Status;
import io.edgeflow.gateway.scoring.ModelCommand;
import io.edgeflow.gateway.scoring.ModelOutcome;
import io.edgeflow.gateway.scoring.ModelPanel;
import io.edgeflow.gateway.scoring.Said;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.Words;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** The paths of models. Handlers wait for the change; they run on the server's workers. */
public final class ModelRoutes {
  private static final String PATH = "/api/v1/models";
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;
  private static final int LONGEST_PATH = 1_000;
  private static final int CONFLICT = 409;
  private static final int ACCEPTED = 202;

  private final Supplier<ModelPanel> panel;

  record Slots(List<Status.Model> slots) {}

  /**
   * What became of a change.
   *
   * @param outcome {@code done}, or {@code pending} if it goes on
   */
  record Told(String slot, String change, long id, String outcome, String detail) {}

  private ModelRoutes(Supplier<ModelPanel> panel) {
    this.panel = panel;
  }

  /**
   * @param panel may refuse with an {@link HttpRefusal} while there is none
   */
  public static Routes add(Routes routes, Supplier<ModelPanel> panel) {
    var here = new ModelRoutes(panel);
    routes
        .get(PATH, _ -> Answer.json(new Slots(here.panel.get().models())))
        .post(PATH + "/{slot}/prepare", refusing(here::prepare));
    for (ModelCommand command :
        List.of(
            new ModelCommand.Shadow(),
            new ModelCommand.Promote(),
            new ModelCommand.Back(),
            new ModelCommand.Discard(),
            new ModelCommand.Disable(),
            new ModelCommand.Enable())) {
      routes.post(PATH + "/{slot}/" + command.word(), here.asks(command));
    }
    return routes;
  }

  private Answer prepare(Request request) throws Exception {
    Words body = Words.read(request.body(), List.of("who", "why", "bundle"));
    Path bundle = Path.of(body.text("bundle", 1, LONGEST_PATH));
    if (!bundle.isAbsolute()) {
      throw new IllegalArgumentException(
          "bundle must be an absolute path on the gateway's machine");
    }
    return ask(request, new ModelCommand.Prepare(bundle.normalize()), body);
  }

  private Handler asks(ModelCommand command) {
    return refusing(
        request -> ask(request, command, Words.read(request.body(), List.of("who", "why"))));
  }

  /** What is wrong with a body is the sender's to mend. */
  private static Handler refusing(Handler handler) {
    return request -> {
      try {
        return handler.answer(request);
      } catch (IllegalArgumentException broken) {
        throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
      }
    };
  }

  private Answer ask(Request request, ModelCommand command, Words body) throws Exception {
    String slot = request.segment("slot");
    var by = new Said(body.text("who", 1, LONGEST_WHO), body.text("why", 0, LONGEST_WHY));
    ModelPanel.Asked asked = panel.get().ask(slot, command, by);
    try {
      return switch (asked.outcome().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        case ModelOutcome.Done(String what) ->
            Answer.json(new Told(slot, command.word(), asked.id(), "done", what));
        case ModelOutcome.Refused(String why) -> throw new HttpRefusal(CONFLICT, "conflict", why);
        case ModelOutcome.Unknown _ -> throw HttpRefusal.notFound("there is no slot " + slot);
      };
    } catch (TimeoutException slow) {
      String goesOn = "it goes on; its end will be among the changes at " + PATH;
      return Answer.json(ACCEPTED, new Told(slot, command.word(), asked.id(), "pending", goesOn));
    }
  }
}
