package io.edgeflow.cloud.deploy;

import io.edgeflow.cloud.deploy.History.Cause;
import io.edgeflow.cloud.deploy.RolloutTable.Stored;
import io.edgeflow.cloud.registry.PublishedBundle;
import io.edgeflow.cloud.registry.Registry;
import io.edgeflow.cloud.rollout.Answered;
import io.edgeflow.cloud.rollout.Command;
import io.edgeflow.cloud.rollout.Command.Verb;
import io.edgeflow.cloud.rollout.Controller;
import io.edgeflow.cloud.rollout.FleetSpec;
import io.edgeflow.cloud.rollout.FleetView;
import io.edgeflow.cloud.rollout.Plan;
import io.edgeflow.cloud.rollout.Planner;
import io.edgeflow.cloud.rollout.RolloutState;
import io.edgeflow.cloud.rollout.Target;
import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.wire.document.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What people ask about rollouts. Each order is one transaction: when it returns, it holds. Blocks
 * for the database; whatever cannot be done is an {@link HttpRefusal} that says why.
 */
final class RolloutDesk {
  private static final int CONFLICT = 409;
  private static final int TOO_LARGE = 413;
  private static final int NAME_BITS = 20;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Turns turns;
  private final Authority authority;
  private final Registry registry;
  private final InstantSource clock;
  private final Supplier<Instant> listening;
  private final Runnable moved;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param listening since when edges are heard
   * @param moved told when a rollout was changed
   */
  RolloutDesk(
      Turns turns,
      Authority authority,
      Registry registry,
      InstantSource clock,
      Supplier<Instant> listening,
      Runnable moved) {
    this.turns = turns;
    this.authority = authority;
    this.registry = registry;
    this.clock = clock;
    this.listening = listening;
    this.moved = moved;
  }

  /** What a rollout would do, and with what. */
  record Drawn(Target target, Plan plan) {}

  /**
   * One that was started.
   *
   * @param behind the rollout that must end before it begins; empty for none
   */
  record Started(String id, String behind) {}

  /** Starts one, which runs by itself from now on. */
  Started start(byte[] specification, Cause cause) throws SQLException {
    FleetSpec spec = spec(specification);
    Target target = target(spec);
    Optional<String> objection = authority.objection(clock.instant());
    if (objection.isPresent()) {
      throw new HttpRefusal(CONFLICT, "no-controller", objection.get());
    }
    String text = new String(specification, StandardCharsets.UTF_8);
    Started started =
        turns.take(
            connection -> {
              Instant now = clock.instant();
              RolloutState draft = RolloutState.draft(name(now), spec, target, now);
              FleetView fleet = fleet(connection, draft.id());
              Answered.Changed begun =
                  changed(Controller.apply(draft, command(Verb.START, cause), fleet, now));
              RolloutTable.insert(connection, text, begun.state(), cause, now);
              note(connection, draft.id(), begun, cause);
              return new Started(draft.id(), Planner.behind(begun.state(), fleet));
            });
    moved.run();
    return started;
  }

  /** What would come of a specification now; nothing is changed. */
  Drawn plan(byte[] specification) throws SQLException {
    FleetSpec spec = spec(specification);
    Target target = target(spec);
    return turns.look(
        connection -> {
          Instant now = clock.instant();
          RolloutState draft = RolloutState.draft(name(now), spec, target, now);
          return new Drawn(target, Planner.plan(draft, fleet(connection, draft.id()), now));
        });
  }

  void order(String id, Verb verb, Cause cause) throws SQLException {
    turns.take(
        connection -> {
          Instant now = clock.instant();
          RolloutState before = find(connection, id).state();
          Answered.Changed after =
              changed(Controller.apply(before, command(verb, cause), fleet(connection, id), now));
          RolloutTable.save(connection, after.state(), now);
          note(connection, id, after, cause);
          return after;
        });
    moved.run();
  }

  static Stored find(Connection connection, String id) throws SQLException {
    return RolloutTable.find(connection, id)
        .orElseThrow(
            () ->
                HttpRefusal.notFound(
                    "there is no rollout "
                        + id
                        + ": `edgeflow rollout status` (/api/v1/rollouts) lists the newest"));
  }

  private FleetView fleet(Connection connection, String but) throws SQLException {
    List<RolloutState> others =
        RolloutTable.open(connection).stream().filter(state -> !state.id().equals(but)).toList();
    return FleetReader.read(connection, listening.get()).withOthers(others);
  }

  private static Command command(Verb verb, Cause cause) {
    return new Command(verb, cause.who(), cause.why());
  }

  private static Answered.Changed changed(Answered answered) {
    return switch (answered) {
      case Answered.Changed changed -> changed;
      case Answered.Refused(String why) -> throw new HttpRefusal(CONFLICT, "conflict", why);
    };
  }

  private static void note(Connection connection, String id, Answered.Changed changed, Cause cause)
      throws SQLException {
    History.add(
        connection,
        Instant.ofEpochMilli(changed.note().atMillis()),
        id,
        changed.note().edge(),
        cause,
        "asked",
        changed.note().text());
  }

  private static FleetSpec spec(byte[] text) {
    if (text.length > FleetSpec.MAX_BYTES) {
      throw new HttpRefusal(
          TOO_LARGE, "too-large", "a fleet file has at most " + FleetSpec.MAX_BYTES + " bytes");
    }
    return switch (FleetSpec.read(text, "the fleet file")) {
      case Document.Good<FleetSpec>(FleetSpec spec) -> spec;
      case Document.Faulty<FleetSpec>(List<Fault> faults) ->
          throw HttpRefusal.badRequest(
              faults.stream().map(Fault::toString).collect(Collectors.joining("\n")));
    };
  }

  private Target target(FleetSpec spec) throws SQLException {
    Optional<PublishedBundle> found =
        spec.digest().isPresent()
            ? registry.bundle(spec.digest().get())
            : registry.version(spec.model().orElseThrow(), spec.version().orElseThrow());
    PublishedBundle bundle =
        found.orElseThrow(
            () ->
                HttpRefusal.badRequest(
                    "%s is not published: `edgeflow model publish` does that, `edgeflow model list` lists what is"
                        .formatted(
                            spec.digest()
                                .orElse(
                                    spec.model().orElse("") + " " + spec.version().orElse("")))));
    if (bundle.kind() != spec.payload()) {
      throw HttpRefusal.badRequest(
          "%s %s is %s: name %s"
              .formatted(
                  bundle.model(),
                  bundle.version(),
                  bundle.kind() == PayloadKind.MODEL ? "a model" : "an application",
                  bundle.kind() == PayloadKind.MODEL
                      ? "slot instead of program"
                      : "program instead of slot"));
    }
    return new Target(
        bundle.kind(),
        spec.place(),
        bundle.model(),
        bundle.version(),
        bundle.digest(),
        bundle.bytes());
  }

  /** Sorts by time; a database that was restored does not give it out again. */
  private String name(Instant now) {
    return DAY.format(now) + "-" + "%05x".formatted(random.nextInt(1 << NAME_BITS));
  }
}
