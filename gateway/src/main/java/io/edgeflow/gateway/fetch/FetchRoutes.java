package io.edgeflow.gateway.fetch;

import io.edgeflow.gateway.recorder.FetchRequest;
import io.edgeflow.gateway.recorder.FetchStatus;
import io.edgeflow.gateway.recorder.FlightRecorder;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** {@code /api/v1/fetch}: begins a fetch, says how far it is, ends it. */
public final class FetchRoutes {
  static final String PATH = "/api/v1/fetch";

  private static final int ACCEPTED = 202;
  private static final int CONFLICT = 409;
  private static final int UNAVAILABLE = 503;

  private final Supplier<FlightRecorder> recorder;
  private final LongSupplier wallMicros;
  private final ZoneId zone;

  private FetchRoutes(Supplier<FlightRecorder> recorder, LongSupplier wallMicros, ZoneId zone) {
    this.recorder = recorder;
    this.wallMicros = wallMicros;
    this.zone = zone;
  }

  /**
   * @param recorder may refuse with an {@link HttpRefusal} while there is none
   * @param zone of times without an offset
   */
  public static Routes add(
      Routes routes, Supplier<FlightRecorder> recorder, LongSupplier wallMicros, ZoneId zone) {
    var here = new FetchRoutes(recorder, wallMicros, zone);
    return routes
        .post(PATH, here::begin)
        .get(PATH, here::newest)
        .get(PATH + "/{id}", here::status)
        .delete(PATH + "/{id}", here::cancel);
  }

  private Answer begin(Request request) {
    return switch (recorder.get().fetch(order(request))) {
      case FlightRecorder.Answer.Begun(FetchStatus status) ->
          Answer.json(ACCEPTED, FetchDocument.of(status))
              .with("location", PATH + "/" + status.id());
      case FlightRecorder.Answer.Busy(FetchStatus running) ->
          throw new HttpRefusal(
              CONFLICT,
              "busy",
              "fetch "
                  + running.id()
                  + " is at work; wait for it, or DELETE "
                  + PATH
                  + "/"
                  + running.id());
      case FlightRecorder.Answer.Closed closed ->
          throw new HttpRefusal(UNAVAILABLE, "not-open", "the gateway stops");
    };
  }

  private FetchRequest order(Request request) {
    try {
      return FetchOrder.read(request.body(), wallMicros.getAsLong(), zone);
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private Answer newest(Request ignored) {
    return answer(recorder.get().newest(), "nothing was fetched since the gateway started");
  }

  private Answer status(Request request) {
    return answer(recorder.get().status(request.segment("id")), unknown(request));
  }

  private Answer cancel(Request request) {
    return answer(recorder.get().cancel(request.segment("id")), unknown(request));
  }

  private static String unknown(Request request) {
    return "no fetch "
        + request.segment("id")
        + ": a fetch ends with the process, and only the last eight are remembered";
  }

  private static Answer answer(Optional<FetchStatus> status, String otherwise) {
    return Answer.json(FetchDocument.of(status.orElseThrow(() -> HttpRefusal.notFound(otherwise))));
  }
}
