package io.edgeflow.cloud.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.cloud.deploy.DesiredDesk.Outcome;
import io.edgeflow.cloud.deploy.DesiredDesk.Refused;
import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.deploy.RolloutTable.Stored;
import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.cloud.rollout.FleetView;
import io.edgeflow.cloud.store.Sql;
import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Handler;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import io.edgeflow.process.http.Routes;
import io.edgeflow.process.http.Words;
import io.edgeflow.wire.document.Digests;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** What people ask for and about over HTTP. Handlers run on the web server's workers. */
final class DeployRoutes {
  private static final int CREATED = 201;
  private static final int CONFLICT = 409;
  private static final int LONGEST_WHO = 64;
  private static final int LONGEST_WHY = 200;
  private static final int MOST_ROLLOUTS = 50;
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Pattern MODEL = Pattern.compile("[a-z0-9_-]{1,64}");

  private final Turns turns;
  private final Authority authority;
  private final RolloutDesk rollouts;
  private final Switches switches;
  private final InstantSource clock;
  private final Supplier<Instant> listening;

  DeployRoutes(
      Turns turns,
      Authority authority,
      RolloutDesk rollouts,
      Switches switches,
      InstantSource clock,
      Supplier<Instant> listening) {
    this.turns = turns;
    this.authority = authority;
    this.rollouts = rollouts;
    this.switches = switches;
    this.clock = clock;
    this.listening = listening;
  }

  Routes register(Routes routes) {
    for (Verb verb : List.of(Verb.PAUSE, Verb.RESUME, Verb.ABORT, Verb.UNDO)) {
      routes.post(
          "/api/v1/rollouts/{id}/" + RolloutViews.word(verb),
          patient(request -> order(request, verb)));
    }
    return routes
        .post("/api/v1/rollouts", patient(this::start))
        .post("/deploy/fleet", patient(this::start))
        .post("/api/v1/rollouts/plan", patient(this::plan))
        .get("/api/v1/rollouts", patient(this::list))
        .get("/api/v1/rollouts/{id}", patient(this::detail))
        .get("/api/v1/fleet", patient(this::fleet))
        .get("/status", patient(this::fleet))
        .post("/api/v1/models/{name}/disable", patient(request -> turn(request, true)))
        .post("/api/v1/models/{name}/enable", patient(request -> turn(request, false)))
        .post("/api/v1/edges/{edge}/forgive", patient(this::forgive))
        .post("/api/v1/edges/{edge}/reissue", patient(this::reissue))
        .get("/api/v1/mandates/{sha256}", patient(this::mandate));
  }

  /** Says when to come again where the database cannot answer now. */
  private static Handler patient(Handler handler) {
    return request -> {
      try {
        return handler.answer(request);
      } catch (SQLException failed) {
        if (failed instanceof SQLTransientException
            || String.valueOf(failed.getSQLState()).matches("(08|53|57).*")) {
          return Answer.busy("the database is not available", RETRY_AFTER);
        }
        throw failed;
      }
    };
  }

  private Answer start(Request request) throws SQLException {
    only(request, "who", "why");
    Cause cause =
        new Cause(
            brief("who", request.one("who").orElse(""), LONGEST_WHO),
            brief("why", request.one("why").orElse(""), LONGEST_WHY));
    RolloutDesk.Started started = rollouts.start(request.body(), cause);
    return Answer.json(CREATED, started).with("location", "/api/v1/rollouts/" + started.id());
  }

  private Answer plan(Request request) throws SQLException {
    only(request);
    return Answer.json(RolloutViews.plan(rollouts.plan(request.body())));
  }

  record Rollouts(long now, List<RolloutViews.Summary> rollouts) {}

  private Answer list(Request request) throws SQLException {
    only(request);
    return Answer.json(
        turns.look(
            connection -> {
              Instant now = clock.instant();
              FleetView fleet = FleetReader.read(connection, listening.get());
              return new Rollouts(
                  now.toEpochMilli(),
                  RolloutTable.newest(connection, MOST_ROLLOUTS).stream()
                      .map(stored -> RolloutViews.summary(stored, fleet, now))
                      .toList());
            }));
  }

  private Answer detail(Request request) throws SQLException {
    only(request);
    return Answer.json(detail(request.segment("id")));
  }

  private RolloutViews.Detail detail(String id) throws SQLException {
    return turns.look(
        connection -> {
          Stored stored = RolloutDesk.find(connection, id);
          return RolloutViews.detail(
              stored,
              FleetReader.read(connection, listening.get()),
              clock.instant(),
              History.of(connection, id));
        });
  }

  private Answer order(Request request, Verb verb) throws SQLException {
    only(request);
    String id = request.segment("id");
    rollouts.order(id, verb, cause(words(request, "who", "why")));
    return Answer.json(detail(id));
  }

  private Answer fleet(Request request) throws SQLException {
    only(request);
    Instant now = clock.instant();
    String objection = authority.objection(now).orElse("");
    return Answer.json(turns.look(connection -> FleetStatus.read(connection, objection, now)));
  }

  private Answer turn(Request request, boolean off) throws SQLException {
    only(request, "force");
    boolean force = request.one("force").map(DeployRoutes::truth).orElse(false);
    String model = request.segment("name");
    if (!MODEL.matcher(model).matches()) {
      throw HttpRefusal.badRequest("a model's name is 1 to 64 of a-z 0-9 _ -");
    }
    Cause cause = cause(words(request, "who", "why"));
    Optional<String> objection =
        force
            ? Optional.empty()
            : turns.look(connection -> ModelNames.objection(connection, model));
    if (objection.isPresent()) {
      throw HttpRefusal.notFound(
          objection.get() + "; --force (over HTTP: ?force=true) does it all the same");
    }
    Switches.Done done = off ? switches.disable(model, cause) : switches.enable(model, cause);
    return Answer.json(done);
  }

  private static boolean truth(String word) {
    return switch (word) {
      case "true" -> true;
      case "false" -> false;
      default -> throw HttpRefusal.badRequest("force must be true or false");
    };
  }

  private Answer forgive(Request request) throws SQLException {
    only(request);
    Words words = words(request, "digest", "who", "why");
    String digest = words.text("digest", 0, LONGEST_WHY);
    if (!Digests.isOne(digest)) {
      throw HttpRefusal.badRequest("digest must be 64 hexadecimal digits");
    }
    return told(switches.forgive(request.segment("edge"), digest, cause(words)));
  }

  private Answer reissue(Request request) throws SQLException {
    only(request);
    return told(switches.reissue(request.segment("edge"), cause(words(request, "who", "why"))));
  }

  /** Byte for byte: its name is their digest. */
  private Answer mandate(Request request) throws SQLException {
    only(request);
    String signed =
        turns
            .look(
                connection ->
                    Sql.first(
                        connection,
                        "select signed from mandate where digest = ? and signed <> ''",
                        row -> row.getString(1),
                        request.segment("sha256")))
            .orElseThrow(() -> HttpRefusal.notFound("there is no such mandate"));
    return new Answer(200, "application/json", signed.getBytes(UTF_8), Map.of());
  }

  private static Answer told(Outcome outcome) {
    return switch (outcome) {
      case DesiredDesk.Issued(long number, String digest) ->
          Answer.json(Map.of("number", number, "digest", digest));
      case DesiredDesk.Unchanged _ -> Answer.json(Map.of());
      case Refused(String reason) -> throw new HttpRefusal(CONFLICT, "conflict", reason);
    };
  }

  private static Words words(Request request, String... keys) {
    try {
      return Words.read(request.body(), List.of(keys));
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private static Cause cause(Words words) {
    try {
      return new Cause(words.text("who", 1, LONGEST_WHO), words.text("why", 0, LONGEST_WHY));
    } catch (IllegalArgumentException broken) {
      throw HttpRefusal.badRequest(String.valueOf(broken.getMessage()));
    }
  }

  private static String brief(String name, String text, int most) {
    if (text.length() > most || text.chars().anyMatch(Character::isISOControl)) {
      throw HttpRefusal.badRequest(name + " must be one line of at most " + most + " characters");
    }
    return text.strip();
  }

  /** A misspelt parameter must not mean none. */
  private static void only(Request request, String... known) {
    for (String name : new TreeSet<>(request.query().keySet())) {
      if (!List.of(known).contains(name)) {
        throw HttpRefusal.badRequest(
            "%s is no parameter of %s%s"
                .formatted(
                    name,
                    request.path(),
                    known.length == 0 ? "" : ": it takes " + String.join(", ", known)));
      }
    }
  }
}
