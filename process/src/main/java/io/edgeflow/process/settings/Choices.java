package io.edgeflow.process.settings;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sealed interfaces of records: the key {@code kind} says which record the rest is. */
final class Choices {
  static final String KEY = "kind";

  private final Groups groups;
  private final Faults faults;

  Choices(Groups groups, Faults faults) {
    this.groups = groups;
    this.faults = faults;
  }

  static boolean isChoice(Class<?> type) {
    return type.isInterface() && type.isSealed();
  }

  /** What a record is called in its {@code kind}, if it is one of several. */
  static Optional<String> kindOf(Class<?> record) {
    return Stream.of(record.getInterfaces())
        .filter(Choices::isChoice)
        .findFirst()
        .map(choice -> kind(record));
  }

  @Nullable Object bind(Class<?> type, @Nullable Tree tree, String path) {
    SequencedMap<String, Class<?>> kinds = kinds(type);
    String rule = "must be one of " + String.join(", ", kinds.keySet());
    if (!(tree instanceof Tree.Branch branch)) {
      faults.add(
          path, tree, false, tree == null ? "is required" : "must be a group with the key kind");
      return null;
    }
    String at = path.isEmpty() ? KEY : path + "." + KEY;
    Tree named = branch.children().get(KEY);
    Class<?> record = named instanceof Tree.Leaf leaf ? kinds.get(leaf.text()) : null;
    if (record == null) {
      faults.add(at, named == null ? branch : named, false, rule);
      return null;
    }
    var rest = new LinkedHashMap<>(branch.children());
    rest.remove(KEY);
    return groups.bind(record, new Tree.Branch(rest, branch.origin()), path);
  }

  private static SequencedMap<String, Class<?>> kinds(Class<?> type) {
    var kinds = new LinkedHashMap<String, Class<?>>();
    for (Class<?> record : type.getPermittedSubclasses()) {
      if (!record.isRecord()) {
        throw new IllegalStateException(record + " is no record");
      }
      kinds.put(kind(record), record);
    }
    return kinds;
  }

  /** {@code SlidingWindow} is {@code sliding-window}. */
  private static String kind(Class<?> record) {
    return record.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
