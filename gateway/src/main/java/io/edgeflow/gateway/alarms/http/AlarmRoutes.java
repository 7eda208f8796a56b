package io.edgeflow.gateway.alarms.http;

import io.edgeflow.gateway.alarms.AlarmOutcome;
import io.edgeflow.gateway.alarms.AlarmPanel;
import io.edgeflow.gateway.alarms.AlarmRecord;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.Synced;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The paths of alarms. Handlers block for the journal; they run on the server's workers. */
public final class AlarmRoutes {
  private static final String PATH = "/api/v1/alarms";
  private static final int CONFLICT = 409;
  private static final int MOST = 10_000;

  private final Supplier<AlarmPanel> panel;
  private final UnaryOperator<String> advice;
  private final LongSupplier presentMicros;

  /**
   * @param total all alarms that the question is about
   * @param alarms the first of them
   */
  record Page(long now, int total, List<AlarmDocument> alarms) {}

  private AlarmRoutes(
      Supplier<AlarmPanel> panel, UnaryOperator<String> advice, LongSupplier presentMicros) {
    this.panel = panel;
    this.advice = advice;
    this.presentMicros = presentMicros;
  }

  /**
   * @param panel may refuse with an {@link HttpRefusal} while there is none
   * @param advice from the name of a rule to what a person should do; empty if nothing is said
   */
  public static Routes add(
      Routes routes,
      Supplier<AlarmPanel> panel,
      UnaryOperator<String> advice,
      LongSupplier presentMicros) {
    var here = new AlarmRoutes(panel, advice, presentMicros);
    return routes
        .get(PATH, here::list)
        .post(PATH + "/{id}/ack", here::acknowledge)
        .post(PATH + "/{id}/shelve", here::shelve)
        .post(PATH + "/{id}/unshelve", here::unshelve);
  }

  /** {@code all=true} shows those that are normal too; {@code limit=}. */
  private Answer list(Request request) throws Exception {
    boolean all = request.one("all").map("true"::equals).orElse(false);
    int limit = request.number("limit", MOST, 1, MOST);
    List<AlarmRecord> alarms = Synced.await(panel.get().list(all));
    return Answer.json(
        new Page(
            presentMicros.getAsLong() / 1000,
            alarms.size(),
            alarms.stream().limit(limit).map(this::document).toList()));
  }

  private Answer acknowledge(Request request) throws Exception {
    AlarmWord word = read(request, AlarmWord::read);
    return answer(panel.get().acknowledge(request.segment("id"), word.who(), word.why()));
  }

  private Answer shelve(Request request) throws Exception {
    AlarmWord word = read(request, AlarmWord::readShelf);
    return answer(panel.get().shelve(request.segment("id"), word.who(), word.why(), word.length()));
  }

  private Answer unshelve(Request request) throws Exception {
    AlarmWord word = read(request, AlarmWord::read);
    return answer(panel.get().unshelve(request.segment("id"), word.who(), word.why()));
  }

  private static AlarmWord read(Request request, Function<byte[], AlarmWord> reader) {
    try {
      return reader.apply(request.body());
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private AlarmDocument document(AlarmRecord alarm) {
    return AlarmDocument.of(alarm, advice.apply(alarm.rule()));
  }

  private Answer answer(CompletableFuture<AlarmOutcome> outcome) throws Exception {
    return switch (Synced.await(outcome)) {
      case AlarmOutcome.Done(AlarmRecord alarm) -> Answer.json(document(alarm));
      case AlarmOutcome.Unknown() ->
          throw HttpRefusal.notFound("no rule of today makes such an alarm");
      case AlarmOutcome.Refused(String why) -> throw new HttpRefusal(CONFLICT, "conflict", why);
    };
  }
}
