package io.edgeflow.wire.payload;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Paths that begin alike as one tree, so that a document is walked once whatever is wanted of it.
 * Where a name and a star both fit, the name counts. Not changed once it is {@link #settled}.
 */
final class PathNode {
  /** What a value at the end of a path is. */
  enum Role {
    POINT,
    TIME,
    QUALITY,
    NAME,
    ROW
  }

  /**
   * @param index which point or name
   * @param stars how many steps down the stars of the path are
   * @param deep whether all below the last star is meant
   */
  record Target(Role role, int index, List<Integer> stars, boolean deep) {
    Target {
      stars = List.copyOf(stars);
    }
  }

  private final Map<String, PathNode> members = new HashMap<>();
  private final Map<Integer, PathNode> elements = new HashMap<>();
  private @Nullable PathNode every;
  @Nullable Target target;

  void add(JsonPath path, Role role, int index) {
    List<JsonPath.Step> steps = path.steps();
    List<Integer> stars =
        IntStream.range(0, steps.size())
            .filter(
                i ->
                    steps.get(i) instanceof JsonPath.Step.Every
                        || steps.get(i) instanceof JsonPath.Step.Deep)
            .boxed()
            .toList();
    PathNode node = this;
    boolean deep = false;
    for (JsonPath.Step step : steps) {
      node =
          switch (step) {
            case JsonPath.Step.Member(String name) ->
                node.members.computeIfAbsent(name, _ -> new PathNode());
            case JsonPath.Step.Element(int at) ->
                node.elements.computeIfAbsent(at, _ -> new PathNode());
            case JsonPath.Step.Every _ -> node.all();
            case JsonPath.Step.Deep _ -> node.all();
          };
      deep = step instanceof JsonPath.Step.Deep;
    }
    if (deep) {
      node.every = node;
    }
    if (node.target == null) {
      node.target = new Target(role, index, stars, deep);
    }
  }

  private PathNode all() {
    PathNode found = every;
    if (found == null) {
      found = new PathNode();
      every = found;
    }
    return found;
  }

  /** Gives each named child what the star beside it asks for too. */
  PathNode settled() {
    PathNode star = every;
    if (star != null && star != this) {
      members.values().forEach(child -> child.takeOver(star));
      elements.values().forEach(child -> child.takeOver(star));
      star.settled();
    }
    members.values().forEach(PathNode::settled);
    elements.values().forEach(PathNode::settled);
    return this;
  }

  private void takeOver(PathNode star) {
    star.members.forEach(
        (name, child) -> members.computeIfAbsent(name, _ -> new PathNode()).takeOver(child));
    star.elements.forEach(
        (index, child) -> elements.computeIfAbsent(index, _ -> new PathNode()).takeOver(child));
    PathNode below = star.every;
    if (below != null) {
      if (below == star) {
        every = every == null ? star : every;
      } else {
        all().takeOver(below);
      }
    }
    if (target == null) {
      target = star.target;
    }
  }

  @Nullable PathNode member(String name) {
    PathNode found = members.get(name);
    return found == null ? every : found;
  }

  @Nullable PathNode element(int index) {
    PathNode found = elements.isEmpty() ? null : elements.get(index);
    return found == null ? every : found;
  }

  /** Whether nothing below is wanted. */
  boolean isEnd() {
    return members.isEmpty() && elements.isEmpty() && every == null;
  }
}
