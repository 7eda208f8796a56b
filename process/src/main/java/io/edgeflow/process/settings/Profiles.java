package io.edgeflow.process.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lays entries over the profiles that they name. See {@link Profiled}. */
final class Profiles {
  private static final String PROFILES = "profiles";
  private static final String PROFILE = "profile";
  private static final String WITH = "with";
  private static final String VARIABLES = "variables";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  private final Map<String, Tree> profiles;
  private final String path;
  private final Faults faults;

  private Profiles(Map<String, Tree> profiles, String path, Faults faults) {
    this.profiles = profiles;
    this.path = path;
    this.faults = faults;
  }

  /** The branch with its entries filled in, and without its profiles. */
  static Tree.Branch expanded(Tree.Branch branch, String entries, String path, Faults faults) {
    Tree blanks = branch.children().get(PROFILES);
    if (blanks != null && !(blanks instanceof Tree.Branch)) {
      faults.add(path + "." + PROFILES, blanks, false, "must be a group of named profiles");
      return branch.without(List.of(PROFILES));
    }
    Tree.Branch bare = branch.without(List.of(PROFILES));
    Map<String, Tree> known = blanks instanceof Tree.Branch group ? group.children() : Map.of();
    if (!(bare.children().get(entries) instanceof Tree.Branch all)) {
      return bare;
    }
    var expander = new Profiles(known, path + "." + entries, faults);
    return bare.with(List.of(entries), expander.all(all));
  }

  private Tree all(Tree.Branch entries) {
    var filled = new LinkedHashMap<String, Tree>();
    entries.children().forEach((name, entry) -> filled.put(name, one(name, entry)));
    return new Tree.Branch(filled, entries.origin());
  }

  private Tree one(String name, Tree entry) {
    if (!(entry instanceof Tree.Branch branch)) {
      return entry;
    }
    String at = path + "." + name;
    Tree named = branch.children().get(PROFILE);
    Tree with = branch.children().get(WITH);
    if (named == null) {
      if (with != null) {
        faults.add(at + "." + WITH, with, false, "needs a profile");
      }
      return branch;
    }
    Tree.Branch own = branch.without(List.of(PROFILE)).without(List.of(WITH));
    Tree.Branch profile = profile(named, at);
    return profile == null ? own : laid(filled(profile, with, at), own);
  }

  private Tree.@Nullable Branch profile(Tree named, String at) {
    String name = named instanceof Tree.Leaf leaf ? leaf.text() : "";
    if (profiles.get(name) instanceof Tree.Branch profile) {
      return profile;
    }
    String hint =
        Nearest.to(name, List.copyOf(profiles.keySet()))
            .map(near -> "did you mean " + near + "?")
            .orElse(
                profiles.isEmpty()
                    ? "there are none"
                    : "there are " + String.join(", ", profiles.keySet()));
    faults.add(at + "." + PROFILE, named, false, "names no profile; " + hint);
    return null;
  }

  private Tree.Branch filled(Tree.Branch profile, @Nullable Tree with, String at) {
    Map<String, String> values = new LinkedHashMap<>();
    leaves(profile.children().get(VARIABLES), at + "." + VARIABLES, values);
    Map<String, String> given = new LinkedHashMap<>();
    leaves(with, at + "." + WITH, given);
    values.putAll(given);
    Set<String> unused = new LinkedHashSet<>(given.keySet());
    Tree filled = filled(profile.without(List.of(VARIABLES)), values, unused, at);
    for (String name : unused) {
      faults.add(at + "." + WITH + "." + name, with, false, "is no variable of the profile");
    }
    return (Tree.Branch) filled;
  }

  private void leaves(@Nullable Tree tree, String at, Map<String, String> values) {
    switch (tree) {
      case null -> {}
      case Tree.Branch branch ->
          branch
              .children()
              .forEach(
                  (name, value) -> {
                    if (value instanceof Tree.Leaf leaf) {
                      values.put(name, leaf.text());
                    } else {
                      faults.add(at + "." + name, value, false, "must be a single value");
                    }
                  });
      case Tree.Leaf _, Tree.Items _ ->
          faults.add(at, tree, false, "must be a group of variables and their values");
    }
  }

  private Tree filled(Tree tree, Map<String, String> values, Set<String> unused, String at) {
    return switch (tree) {
      case Tree.Leaf leaf -> new Tree.Leaf(filled(leaf, values, unused, at), leaf.origin());
      case Tree.Items items -> {
        List<Tree> all = new ArrayList<>();
        items.items().forEach(item -> all.add(filled(item, values, unused, at)));
        yield new Tree.Items(all, items.origin());
      }
      case Tree.Branch branch -> {
        SequencedMap<String, Tree> all = new LinkedHashMap<>();
        branch
            .children()
            .forEach((key, child) -> all.put(key, filled(child, values, unused, at + "." + key)));
        yield new Tree.Branch(all, branch.origin());
      }
    };
  }

  private String filled(Tree.Leaf leaf, Map<String, String> values, Set<String> unused, String at) {
    return VARIABLE
        .matcher(leaf.text())
        .replaceAll(
            found -> {
              String name = found.group(1);
              String value = values.get(name);
              unused.remove(name);
              if (value == null) {
                faults.add(at, leaf, false, "uses ${" + name + "}, which with: does not say");
              }
              return Matcher.quoteReplacement(value == null ? "" : value);
            });
  }

  /** Branches come together; of anything else the upper one counts. */
  static Tree.Branch laid(Tree.Branch lower, Tree.Branch upper) {
    var all = new LinkedHashMap<>(lower.children());
    upper
        .children()
        .forEach(
            (key, child) ->
                all.merge(
                    key,
                    child,
                    (below, above) ->
                        below instanceof Tree.Branch under && above instanceof Tree.Branch over
                            ? laid(under, over)
                            : above));
    return new Tree.Branch(all, upper.origin());
  }
}
