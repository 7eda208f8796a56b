package io.edgeflow.process.settings;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lays variables, then options, over the tree of the file. */
final class Overrides {
  static final String PREFIX = "EDGEFLOW_";

  /** Variables of the launcher and of the build: they are no settings. */
  private static final Set<String> RESERVED =
      Set.of("JAVA_OPTS", "MVN_ARGS", "BUILD", "CHROMIUM", "HOME", "LOG");

  private static final String RESERVED_PREFIX = "TEST_";

  private final Type type;
  private final Faults faults;

  Overrides(Type type, Faults faults) {
    this.type = type;
    this.faults = faults;
  }

  /** {@code EDGEFLOW_TIME__MAX_FUTURE=5m}: the name is matched without case and underscores. */
  Tree.Branch variables(Tree.Branch tree, Map<String, String> environment) {
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      if (name.startsWith(PREFIX) && !reserved(name.substring(PREFIX.length()))) {
        List<String> path = List.of(name.substring(PREFIX.length()).split("__", -1));
        tree = put(tree, spelled(path, tree), variable.getValue(), name);
      }
    }
    return tree;
  }

  /** {@code mqtt.port=1884}, spelled as in the file. */
  Tree.Branch options(Tree.Branch tree, List<String> options) {
    for (String option : options) {
      int equals = option.indexOf('=');
      if (equals <= 0) {
        faults.add(new Fault("", option, "must be key=value", "--set"));
      } else {
        List<String> path = List.of(option.substring(0, equals).strip().split("\\.", -1));
        tree = put(tree, path, option.substring(equals + 1), "--set");
      }
    }
    return tree;
  }

  private static boolean reserved(String name) {
    return RESERVED.contains(name) || name.startsWith(RESERVED_PREFIX);
  }

  /** An empty value takes back what the file set. Braces and brackets hold YAML. */
  private Tree.Branch put(Tree.Branch tree, List<String> path, String text, String origin) {
    boolean yaml = text.startsWith("{") || text.startsWith("[");
    Tree value = yaml ? new YamlTree(origin, faults).read(text) : new Tree.Leaf(text, origin);
    return value == null || text.isEmpty() ? tree.without(path) : tree.with(path, value);
  }

  private List<String> spelled(List<String> path, Tree.Branch tree) {
    List<String> spelled = new ArrayList<>();
    Optional<Type> level = Optional.of(type);
    for (String word : path) {
      String key = key(word, level, Tree.at(tree, spelled));
      level = level.flatMap(above -> Types.below(above, key));
      spelled.add(key);
    }
    return spelled;
  }

  /** The record's spelling of the word, else the file's (for maps), else the word in lower case. */
  private static String key(String word, Optional<Type> level, @Nullable Tree there) {
    List<String> known = new ArrayList<>(level.map(Types::keysBelow).orElse(List.of()));
    if (there instanceof Tree.Branch branch) {
      known.addAll(branch.children().keySet());
    }
    return known.stream()
        .filter(key -> Types.folded(key).equals(Types.folded(word)))
        .findFirst()
        .orElse(word.toLowerCase(java.util.Locale.ROOT));
  }
}
