package io.edgeflow.cloud.rollout;

import io.edgeflow.process.settings.ByteSize;
import io.edgeflow.process.settings.Check;
import io.edgeflow.process.settings.Default;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.settings.Key;
import io.edgeflow.process.settings.Range;
import io.edgeflow.wire.document.Digests;
import io.edgeflow.wire.document.PayloadKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to run where, and how carefully.
 *
 * @param name for people
 * @param slot which models run in; exactly one of it and {@code program} is given
 * @param program of an application
 * @param model with {@code version}, or {@code digest} instead of both
 * @param waves how many edges are reached with each, those of the waves before included
 * @param shadow how long a model is compared before it serves; whole seconds
 * @param soak how long it serves before it counts as proven; whole seconds
 * @param enough how many of a wave's edges must have passed before the next wave; at least one
 * @param patience the key {@code wait}: how long a wave may take, before a person must look
 * @param silentAfter an edge that goes silent for so long has failed, if it has begun to try the
 *     bundle and has not passed yet
 * @param windows when edges may begin; none: always. The way back is open at any time
 * @param mandate how long a site's orchestrator may go on alone; absent: not at all
 */
public record FleetSpec(
    String name,
    Optional<String> slot,
    Optional<String> program,
    Optional<String> model,
    Optional<String> version,
    Optional<String> digest,
    Selector selector,
    @Default("1, 10%, 50%, 100%") List<Amount> waves,
    @Default("5m") Duration shadow,
    @Default("10m") Duration soak,
    GateSpec gates,
    Failures failures,
    @Default("50%") Amount enough,
    @Default("24h") @Range(min = "1s") @Key("wait") Duration patience,
    @Default("10m") @Range(min = "1s") Duration silentAfter,
    List<MaintenanceWindow> windows,
    @Range(min = "1m") Optional<Duration> mandate) {
  public static final int MAX_WAVES = 50;
  public static final int MAX_BYTES = 64 * 1024;
  private static final ByteSize LEAST_MEMORY = new ByteSize(1 << 20);
  private static final String BY_BYTES =
      "must be at least 1MiB, or every model breaks it; a number alone counts bytes: write 64MiB";
  private static final String EMPTY =
      "is empty: it needs at least a name, a slot (or a program), model and version (or digest),"
          + " and a selector; config/fleet.yaml shows all of it";
  private static final int MAX_NAME = 100;
  private static final int MAX_VALUES = 2_000;

  /** What is to be done when more edges failed than may. */
  public enum Then {
    PAUSE,
    ROLLBACK
  }

  /**
   * @param most edges of a wave that may fail; never all that the wave needs to pass
   */
  public record Failures(@Default("1") Amount most, @Default("rollback") Then then) {}

  public FleetSpec {
    waves = List.copyOf(waves);
    windows = List.copyOf(windows);
    var check = new Check();
    checkTarget(check, name, slot, program);
    check
        .that(model.isEmpty() || isOneLine(model.get()), "model", "must be one line of text")
        .that(version.isEmpty() || isOneLine(version.get()), "version", "must be one line of text");
    boolean byVersion = model.isPresent() && version.isPresent() && digest.isEmpty();
    boolean byDigest = digest.isPresent() && model.isEmpty() && version.isEmpty();
    check
        .that(byVersion || byDigest, "", "must name model and version, or digest instead")
        .that(
            digest.isEmpty() || Digests.isOne(digest.get()),
            "digest",
            "must be 64 hexadecimal digits")
        .that(wholeSeconds(shadow), "shadow", "must be whole seconds, a year at most")
        .that(wholeSeconds(soak), "soak", "must be whole seconds, a year at most")
        .that(soak.compareTo(patience) < 0, "wait", "must be longer than soak")
        .that(enough.value() > 0, "enough", "must be at least 1")
        .that(
            windows.isEmpty() || windows.stream().anyMatch(w -> w.length().compareTo(shadow) > 0),
            "windows",
            "must hold one that is longer than shadow, so that edges activate within it");
    checkWaves(check, waves);
    check.orRefuse();
  }

  /**
   * Reads YAML, or JSON where the text begins with a brace. Never throws.
   *
   * @param source what the text is called in faults
   */
  public static Document<FleetSpec> read(byte[] text, String source) {
    String yaml = new String(text, StandardCharsets.UTF_8);
    if (yaml.lines().allMatch(line -> line.isBlank() || line.strip().startsWith("#"))) {
      return new Document.Faulty<>(List.of(new Fault("", "", EMPTY, source)));
    }
    Document<FleetSpec> read =
        yaml.stripLeading().startsWith("{")
            ? Documents.read(FleetSpec.class, text, source, MAX_VALUES)
            : Documents.readYaml(FleetSpec.class, yaml, source);
    return read instanceof Document.Good<FleetSpec>(FleetSpec spec) ? sensible(spec, source) : read;
  }

  /** What was taken once must be read for ever, so that a record cannot ask for this. */
  private static Document<FleetSpec> sensible(FleetSpec spec, String source) {
    return spec.gates()
        .memory()
        .filter(size -> size.compareTo(LEAST_MEMORY) < 0)
        .<Document<FleetSpec>>map(
            size ->
                new Document.Faulty<>(
                    List.of(new Fault("gates.memory", size.toString(), BY_BYTES, source))))
        .orElseGet(() -> new Document.Good<>(spec));
  }

  public PayloadKind payload() {
    return slot.isPresent() ? PayloadKind.MODEL : PayloadKind.APPLICATION;
  }

  /** The name of the slot, or of the program. */
  public String place() {
    return slot.or(() -> program).orElseThrow();
  }

  private static void checkTarget(
      Check check, String name, Optional<String> slot, Optional<String> program) {
    check
        .that(!name.isBlank() && name.length() <= MAX_NAME, "name", "must be 1 to 100 characters")
        .that(isOneLine(name), "name", "must be one line of text")
        .that(slot.isEmpty() || isOneLine(slot.get()), "slot", "must be one line of text")
        .that(program.isEmpty() || isOneLine(program.get()), "program", "must be one line of text")
        .that(slot.isPresent() != program.isPresent(), "", "must name either slot or program")
        .that(slot.isEmpty() || !slot.get().isBlank(), "slot", "must not be empty")
        .that(program.isEmpty() || !program.get().isBlank(), "program", "must not be empty");
  }

  private static boolean isOneLine(String text) {
    return text.chars().noneMatch(Character::isISOControl);
  }

  private static void checkWaves(Check check, List<Amount> waves) {
    check.that(!waves.isEmpty() && waves.size() <= MAX_WAVES, "waves", "must be 1 to 50 waves");
    check.that(waves.stream().allMatch(w -> w.value() > 0), "waves", "must reach at least 1 edge");
    for (boolean percent : new boolean[] {true, false}) {
      List<Double> same =
          waves.stream().filter(w -> w.percent() == percent).map(Amount::value).toList();
      check.that(
          same.stream().sorted().distinct().toList().equals(same),
          "waves",
          "must rise: each counts the waves before it too");
    }
  }

  private static boolean wholeSeconds(Duration span) {
    return span.equals(span.truncatedTo(ChronoUnit.SECONDS)) && span.toDays() <= 365;
  }
}
