package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.Document;
import io.edgeflow.wire.document.DesiredSlot;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.Evidence;
import io.edgeflow.wire.document.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A fleet with its rollouts. Each step's state goes through its text, as a restart would have it.
 */
final class RolloutCases {
  static final Instant START = Instant.parse("2026-03-02T12:00:00Z");
  static final String OLD = Digests.of("old");
  static final String NEW = Digests.of("new");

  final Map<String, TestEdge> edges = new TreeMap<>();
  final Map<String, RolloutState> rollouts = new TreeMap<>();
  final List<Order> orders = new ArrayList<>();
  final List<Note> notes = new ArrayList<>();
  java.util.Set<String> disabled = java.util.Set.of();
  Instant now = START;
  Instant listening = START.minus(Duration.ofDays(1));

  static RolloutCases of(int edges) {
    var cases = new RolloutCases();
    for (int i = 1; i <= edges; i++) {
      cases.add(new TestEdge("pi-" + i));
    }
    return cases;
  }

  TestEdge add(TestEdge edge) {
    edges.put(edge.name, edge);
    return edge;
  }

  TestEdge edge(String name) {
    TestEdge edge = edges.get(name);
    if (edge == null) {
      throw new AssertionError("no edge " + name);
    }
    return edge;
  }

  /** Of everything, in slot {@code health}, with what differs from the defaults. */
  static FleetSpec spec(String differing) {
    String common = "name: n\nmodel: m\nversion: '2'\n";
    String all = differing.contains("selector") ? "" : "selector: {edges: '*'}\n";
    boolean placed = differing.contains("slot:") || differing.contains("program:");
    String slot = placed ? "" : "slot: health\n";
    String text = common + all + slot + differing.replace("; ", "\n") + "\n";
    return switch (FleetSpec.read(text.getBytes(StandardCharsets.UTF_8), "spec")) {
      case Document.Good<FleetSpec>(var spec) -> spec;
      case Document.Faulty<FleetSpec> faulty -> throw new AssertionError(faulty.toString());
    };
  }

  static Target target(FleetSpec spec, String digest) {
    return new Target(spec.payload(), spec.place(), "m", "2", digest, 1_000);
  }

  /** What edges ran before, and were asked for. */
  static DesiredSlot old() {
    return new DesiredSlot(
        PayloadKind.MODEL, "health", "m", "1", OLD, "r-0", Duration.ZERO, Duration.ZERO);
  }

  /** Starts one; it begins with the next step. */
  void start(String id, String spec) {
    start(id, spec, NEW);
  }

  void start(String id, String text, String digest) {
    FleetSpec spec = spec(text);
    rollouts.put(id, RolloutState.draft(id, spec, target(spec, digest), now));
    order(id, Command.Verb.START);
  }

  Answered order(String id, Command.Verb verb) {
    Answered answered =
        Controller.apply(rollout(id), new Command(verb, "ada", "because"), fleet(), now);
    if (answered instanceof Answered.Changed(RolloutState state, Note note)) {
      rollouts.put(id, RolloutState.fromJson(state.toJson()));
      notes.add(note);
    }
    return answered;
  }

  /** One step of every rollout; the desk carries the orders out. */
  List<Order> step() {
    var given = new ArrayList<Order>();
    for (Outcome outcome : Controller.stepAll(List.copyOf(rollouts.values()), fleet(), now)) {
      given.addAll(outcome.orders());
      notes.addAll(outcome.notes());
      if (!outcome.state().equals(rollout(outcome.state().id()))) {
        rollouts.put(outcome.state().id(), restarted(outcome.state()));
      }
    }
    given.forEach(order -> edge(order.edge()).ask(order.slot()));
    orders.addAll(given);
    return given;
  }

  private static RolloutState restarted(RolloutState state) {
    RolloutState read = RolloutState.fromJson(state.toJson());
    if (!read.equals(state)) {
      throw new AssertionError("is not what its text says: " + state);
    }
    return read;
  }

  List<Order> step(Duration later) {
    now = now.plus(later);
    return step();
  }

  FleetView fleet() {
    var views = new TreeMap<String, EdgeView>();
    edges.values().forEach(edge -> views.put(edge.name, edge.view()));
    return new FleetView(views, listening, List.copyOf(rollouts.values()), disabled);
  }

  RolloutState rollout(String id) {
    RolloutState state = rollouts.get(id);
    if (state == null) {
      throw new AssertionError("no rollout " + id);
    }
    return state;
  }

  Phase phase(String id) {
    return rollout(id).phase();
  }

  Member member(String id, String edge) {
    return rollout(id).members().stream()
        .filter(member -> member.edge().equals(edge))
        .findFirst()
        .orElseThrow(() -> new AssertionError(edge + " is no member"));
  }

  /** The edges of a wave. */
  List<TestEdge> wave(String id, int wave) {
    return rollout(id).members().stream()
        .filter(member -> member.wave() == wave && member.step() != Member.Step.APART)
        .map(member -> edge(member.edge()))
        .toList();
  }

  /** What edges are asked to run now. */
  List<String> asked(String digest) {
    return edges.values().stream()
        .filter(edge -> edge.asked.values().stream().anyMatch(s -> s.digest().equals(digest)))
        .map(edge -> edge.name)
        .toList();
  }

  static Evidence good(long rows) {
    return new Evidence(600, rows, 0, 0, 900, 1_000, 0, 0, rows, 0, 0);
  }

  static Evidence alarms(long rows, long alarms, long beforeRows, long beforeAlarms) {
    return new Evidence(600, rows, 0, 0, 900, 1_000, 0, alarms, beforeRows, beforeAlarms, 0);
  }
}
