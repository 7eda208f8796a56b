package io.edgeflow.process.settings;

import java.util.ArrayList;
import java.util.List;

/**
 * Rules that a record checks in its compact constructor, all of them before it refuses:
 *
 * <pre>{@code
 * new Check().that(grace.compareTo(length) < 0, "grace", "must be shorter than length").orRefuse();
 * }</pre>
 */
public final class Check {
  private final List<Broken> broken = new ArrayList<>();

  /**
   * @param key the record component at fault, a dotted path below it, or empty for the whole record
   * @param rule what it must be
   */
  public Check that(boolean holds, String key, String rule) {
    if (!holds) {
      broken.add(new Broken(key, rule));
    }
    return this;
  }

  /**
   * @throws IllegalArgumentException naming every rule that did not hold
   */
  public void orRefuse() {
    if (!broken.isEmpty()) {
      throw new BrokenRules(broken);
    }
  }

  record Broken(String key, String rule) {
    @Override
    public String toString() {
      return key.isEmpty() ? rule : key + " " + rule;
    }
  }

  static final class BrokenRules extends IllegalArgumentException {
    private final List<Broken> broken;

    BrokenRules(List<Broken> broken) {
      super(String.join("; ", broken.stream().map(Broken::toString).toList()));
      this.broken = List.copyOf(broken);
    }

    List<Broken> broken() {
      return broken;
    }
  }
}
