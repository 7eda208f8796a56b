package io.edgeflow.process.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;

/** Reads a configuration's file, and its fragments if its type has some. */
final class ConfigFiles {
  private final Faults faults;

  ConfigFiles(Faults faults) {
    this.faults = faults;
  }

  /** The files beside the configuration's own that are part of it, in their order. */
  static List<Path> fragments(Class<?> type, Path file) throws SettingsException {
    Fragments fragments = type.getAnnotation(Fragments.class);
    return fragments == null
        ? List.of()
        : yaml(file.toAbsolutePath().resolveSibling(fragments.value()));
  }

  /** Refuses at once what is no configuration at all: its other faults would be no news. */
  Tree.Branch read(Path file, List<Path> fragments) throws SettingsException {
    Tree.Branch tree = read(file);
    for (Path fragment : fragments) {
      tree = joined(tree, read(fragment), "");
    }
    return tree;
  }

  private static List<Path> yaml(Path folder) throws SettingsException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(ConfigFiles::isYaml).sorted().toList();
    } catch (IOException unreadable) {
      throw refused(folder.toString(), "is unreadable: " + unreadable.getMessage());
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !name.startsWith(".");
  }

  private Tree.Branch read(Path file) throws SettingsException {
    String source = file.toString();
    try {
      String text = Files.readString(file, StandardCharsets.UTF_8);
      switch (new YamlTree(source, faults).read(text)) {
        case null -> faults.orRefuse();
        case Tree.Branch branch -> {
          return branch;
        }
        case Tree.Leaf _, Tree.Items _ -> throw refused(source, "must hold key: value lines");
      }
    } catch (NoSuchFileException missing) {
      throw refused(source, "there is no such file");
    } catch (IOException unreadable) {
      throw refused(source, "is unreadable: " + unreadable.getMessage());
    }
    return Tree.Branch.empty();
  }

  private Tree.Branch joined(Tree.Branch some, Tree.Branch more, String path) {
    var all = new LinkedHashMap<>(some.children());
    more.children()
        .forEach(
            (key, child) -> {
              String at = path.isEmpty() ? key : path + "." + key;
              all.merge(key, child, (first, second) -> joined(first, second, at));
            });
    return new Tree.Branch(all, some.origin());
  }

  private Tree joined(Tree first, Tree second, String path) {
    if (first instanceof Tree.Branch some && second instanceof Tree.Branch more) {
      return joined(some, more, path);
    }
    if (first instanceof Tree.Items some && second instanceof Tree.Items more) {
      List<Tree> all = new ArrayList<>(some.items());
      all.addAll(more.items());
      return new Tree.Items(all, some.origin());
    }
    if (first instanceof Tree.Leaf one
        && second instanceof Tree.Leaf other
        && one.text().equals(other.text())) {
      return first;
    }
    faults.add(path, second, false, "is set in " + first.origin() + " already");
    return first;
  }

  private static SettingsException refused(String source, String rule) {
    return new SettingsException(List.of(new Fault("", source, rule, "")));
  }
}
