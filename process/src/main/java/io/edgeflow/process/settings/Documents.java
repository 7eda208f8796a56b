package io.edgeflow.process.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Documents that are trees of checked records, by the same rules as {@link SettingsLoader}: unknown
 * keys are faults that name the near one, all faults are found at once. Besides, a component may be
 * of a sealed interface of records: its key {@code kind} then says which, by the name of the record
 * in lower case with hyphens.
 *
 * <p>What is read may come from a stranger: it never makes a reader throw. The records must not
 * have components of type {@link Path} or {@link Secret}, which reach beyond the document.
 */
public final class Documents {
  /** More faults than anybody reads are not listed. */
  private static final int MAX_FAULTS = 100;

  private static final int MAX_SHOWN = 100;
  private static final int MAX_TEXT = 16 * 1024;

  private Documents() {}

  /**
   * @param source what the document is called in faults
   * @param maxValues how many values, lists and groups it may hold
   */
  public static <T extends Record> Document<T> read(
      Class<T> type, byte[] json, String source, int maxValues) {
    return read(type, json, source, maxValues, MAX_TEXT);
  }

  /**
   * As the other, where texts may be longer than 16 Ki characters.
   *
   * @param maxText how many characters one of them may have
   */
  public static <T extends Record> Document<T> read(
      Class<T> type, byte[] json, String source, int maxValues, int maxText) {
    var faults = new Faults();
    return document(
        type, new JsonTree(source, maxValues, maxText, faults).read(json), source, faults);
  }

  /** The same of YAML; how many values it holds is bounded by its length. */
  public static <T extends Record> Document<T> readYaml(Class<T> type, String yaml, String source) {
    var faults = new Faults();
    return document(type, new YamlTree(source, faults).read(yaml), source, faults);
  }

  /** The text that reads as this value. */
  public static String write(Record value) {
    return JsonForm.of(value);
  }

  private static <T extends Record> Document<T> document(
      Class<T> type, @Nullable Tree tree, String source, Faults faults) {
    Object value = faults.count() > 0 ? null : bind(type, tree, source, faults);
    return faults.count() > 0
        ? new Document.Faulty<>(first(faults.found()).stream().map(Documents::printable).toList())
        : new Document.Good<>(type.cast(Objects.requireNonNull(value, "a fault went unreported")));
  }

  private static @Nullable Object bind(
      Class<?> type, @Nullable Tree tree, String source, Faults faults) {
    if (!(tree instanceof Tree.Branch)) {
      faults.add(new Fault("", "", "must be an object", source));
      return null;
    }
    return new Binder(new Scalars(Path.of(""), Map.of()), faults).bind(type, tree, "");
  }

  /** Names and values are a stranger's: neither long nor able to start a line of a log. */
  private static Fault printable(Fault fault) {
    return new Fault(
        printable(fault.path()), printable(fault.value()), fault.rule(), fault.origin());
  }

  private static String printable(String text) {
    String line = text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "..." : text;
    return line.replaceAll("[^\\p{Print}]", "?");
  }

  private static List<Fault> first(List<Fault> found) {
    if (found.size() <= MAX_FAULTS) {
      return found;
    }
    List<Fault> few = new ArrayList<>(found.subList(0, MAX_FAULTS));
    few.add(new Fault("", "", "and " + (found.size() - MAX_FAULTS) + " faults more", ""));
    return few;
  }
}
