package io.edgeflow.process.settings;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes values of a tree and goes on after a fault, so that all of them are found. */
final class Binder {
  private final Scalars scalars;
  private final Faults faults;
  private final Groups groups;
  private final Choices choices;

  Binder(Scalars scalars, Faults faults) {
    this.scalars = scalars;
    this.faults = faults;
    this.groups = new Groups(this, scalars, faults);
    this.choices = new Choices(groups, faults);
  }

  /** The value; null if it has a fault, which is then in the list. */
  @Nullable Object bind(Type type, @Nullable Tree tree, String path) {
    Class<?> raw = Types.raw(type);
    if (raw == Optional.class) {
      return tree == null ? Optional.empty() : present(Types.content(type), tree, path);
    } else if (raw == Map.class) {
      return map(Types.content(type), tree, path);
    } else if (raw == List.class) {
      return list(Types.content(type), tree, path);
    } else if (Types.isGroup(raw)) {
      return groups.bind(raw, tree, path);
    } else if (Choices.isChoice(raw)) {
      return choices.bind(raw, tree, path);
    }
    return scalar(raw, tree, path);
  }

  private @Nullable Object present(Type type, Tree tree, String path) {
    Object value = bind(type, tree, path);
    return value == null ? null : Optional.of(value);
  }

  private @Nullable Object map(Type type, @Nullable Tree tree, String path) {
    Map<String, Object> values = new LinkedHashMap<>();
    switch (tree) {
      case null -> {}
      case Tree.Branch branch ->
          branch
              .children()
              .forEach(
                  (key, child) -> {
                    Object value = bind(type, child, path + "." + key);
                    if (value != null) {
                      values.put(key, value);
                    }
                  });
      case Tree.Leaf _, Tree.Items _ -> {
        faults.add(path, tree, false, "must be a group of named entries");
        return null;
      }
    }
    return Collections.unmodifiableMap(values);
  }

  private Object list(Type type, @Nullable Tree tree, String path) {
    List<Tree> items =
        switch (tree) {
          case null -> List.of();
          case Tree.Items many -> many.items();
          case Tree.Leaf leaf -> separated(leaf);
          case Tree.Branch branch -> List.of(branch);
        };
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Object value = bind(type, items.get(i), path + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  /** One line can hold a list too, as variables and options must: {@code a, b}. */
  private static List<Tree> separated(Tree.Leaf leaf) {
    return Stream.of(leaf.text().split(",", -1))
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .<Tree>map(text -> new Tree.Leaf(text, leaf.origin()))
        .toList();
  }

  private @Nullable Object scalar(Class<?> type, @Nullable Tree tree, String path) {
    if (!(tree instanceof Tree.Leaf leaf)) {
      faults.add(path, tree, false, tree == null ? "is required" : "must be a single value");
      return null;
    }
    try {
      return scalars.parse(type, leaf.text());
    } catch (IllegalArgumentException broken) {
      faults.add(path, tree, type == Secret.class, Groups.rule(broken));
      return null;
    }
  }
}
