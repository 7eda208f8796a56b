package io.edgeflow.process.settings;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults found so far. */
final class Faults {
  private final List<Fault> found = new ArrayList<>();

  /**
   * @param tree where the value came from; null if there was none
   * @param secret whether the value must not be shown
   */
  void add(String path, @Nullable Tree tree, boolean secret, String rule) {
    String value = tree instanceof Tree.Leaf leaf ? (secret ? "(hidden)" : leaf.text()) : "";
    found.add(new Fault(path, value, rule, tree == null ? "" : tree.origin()));
  }

  void add(Fault fault) {
    found.add(fault);
  }

  int count() {
    return found.size();
  }

  List<Fault> found() {
    return found;
  }

  void orRefuse() throws SettingsException {
    if (!found.isEmpty()) {
      throw new SettingsException(found);
    }
  }
}
