package io.edgeflow.process.settings;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML as nodes only: nothing is constructed from it, and every value keeps its line. */
final class YamlTree {
  private static final int MAX_DEPTH = 50;

  private final String source;
  private final Faults faults;

  /**
   * @param source what the text is called in origins
   * @param faults receives what is wrong with the text
   */
  YamlTree(String source, Faults faults) {
    this.source = source;
    this.faults = faults;
  }

  /** The tree of the text; null if it is empty or no YAML. */
  @Nullable Tree read(String text) {
    var options = new LoaderOptions();
    options.setNestingDepthLimit(MAX_DEPTH);
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      return root == null ? null : tree(root, "", 0);
    } catch (MarkedYAMLException wrong) {
      var mark = wrong.getProblemMark();
      String where = mark == null ? source : line(mark.getLine());
      faults.add(new Fault("", "", "is not YAML: " + wrong.getProblem(), where));
    } catch (YAMLException wrong) {
      faults.add(new Fault("", "", "is not YAML: " + wrong.getMessage(), source));
    }
    return null;
  }

  private @Nullable Tree tree(Node node, String path, int depth) {
    String origin = line(node.getStartMark().getLine());
    if (depth > MAX_DEPTH) { // An alias can point at its own parent.
      faults.add(new Fault(path, "", "is nested too deeply", origin));
      return null;
    }
    return switch (node) {
      case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> null;
      case ScalarNode scalar -> new Tree.Leaf(scalar.getValue(), origin);
      case SequenceNode sequence -> items(sequence, path, origin, depth);
      case MappingNode mapping -> branch(mapping, path, origin, depth);
      default -> throw new IllegalStateException("unknown YAML node " + node.getNodeId());
    };
  }

  private Tree items(SequenceNode sequence, String path, String origin, int depth) {
    List<Tree> items = new ArrayList<>();
    for (Node node : sequence.getValue()) {
      Tree item = tree(node, path + "[" + items.size() + "]", depth + 1);
      items.add(item == null ? new Tree.Leaf("", origin) : item);
    }
    return new Tree.Items(items, origin);
  }

  private Tree branch(MappingNode mapping, String path, String origin, int depth) {
    var children = new LinkedHashMap<String, Tree>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "?";
      String child = path.isEmpty() ? key : path + "." + key;
      Tree value = tree(entry.getValueNode(), child, depth + 1);
      if (value != null && children.putIfAbsent(key, value) != null) {
        faults.add(
            new Fault(
                child, "", "is set twice", line(entry.getKeyNode().getStartMark().getLine())));
      }
    }
    return new Tree.Branch(children, origin);
  }

  private String line(int zeroBased) {
    return source + ":" + (zeroBased + 1);
  }
}
