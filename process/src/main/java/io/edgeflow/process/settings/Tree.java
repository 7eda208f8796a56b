package io.edgeflow.process.settings;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A configuration before it is typed. Scalars stay text, so {@code 007} is not yet a number. */
sealed interface Tree {
  String origin();

  record Leaf(String text, String origin) implements Tree {}

  record Items(List<Tree> items, String origin) implements Tree {}

  record Branch(SequencedMap<String, Tree> children, String origin) implements Tree {
    static Branch empty() {
      return new Branch(new LinkedHashMap<>(), "");
    }

    /** A copy in which the path leads to that value; a scalar in the way is replaced. */
    Branch with(List<String> path, Tree value) {
      var copy = new LinkedHashMap<>(children);
      String key = path.getFirst();
      copy.put(
          key, path.size() == 1 ? value : below(key).with(path.subList(1, path.size()), value));
      return new Branch(copy, origin);
    }

    /** A copy without what the path leads to. */
    Branch without(List<String> path) {
      var copy = new LinkedHashMap<>(children);
      if (path.size() == 1) {
        copy.remove(path.getFirst());
      } else if (children.get(path.getFirst()) instanceof Branch branch) {
        copy.put(path.getFirst(), branch.without(path.subList(1, path.size())));
      }
      return new Branch(copy, origin);
    }

    private Branch below(String key) {
      return children.get(key) instanceof Branch branch ? branch : empty();
    }
  }

  /** What the path leads to, or null. */
  static @Nullable Tree at(@Nullable Tree tree, List<String> path) {
    for (String key : path) {
      Map<String, Tree> children = tree instanceof Branch branch ? branch.children() : Map.of();
      tree = children.get(key);
    }
    return tree;
  }
}
