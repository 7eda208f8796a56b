package io.edgeflow.process.settings;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of branches: known keys only, defaults, bounds, then the record's own rules. */
final class Groups {
  private final Binder binder;
  private final Scalars scalars;
  private final Faults faults;

  Groups(Binder binder, Scalars scalars, Faults faults) {
    this.binder = binder;
    this.scalars = scalars;
    this.faults = faults;
  }

  @Nullable Object bind(Class<?> type, @Nullable Tree tree, String path) {
    if (tree != null && !(tree instanceof Tree.Branch)) {
      faults.add(path, tree, false, "must be a group of " + String.join(", ", Types.keys(type)));
      return null;
    }
    Tree.Branch branch = tree instanceof Tree.Branch given ? given : Tree.Branch.empty();
    int before = faults.count();
    Profiled profiled = type.getAnnotation(Profiled.class);
    if (profiled != null) {
      branch = Profiles.expanded(branch, profiled.value(), path, faults);
    }
    refuseUnknown(type, branch, path);
    RecordComponent[] components = Types.components(type);
    @Nullable Object[] values = new @Nullable Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = component(components[i], branch, path);
    }
    return faults.count() == before ? construct(type, values, branch, path) : null;
  }

  static String rule(Throwable broken) {
    String message = broken.getMessage();
    return message == null ? broken.getClass().getSimpleName() : message;
  }

  private void refuseUnknown(Class<?> type, Tree.Branch branch, String path) {
    List<String> known = Types.keys(type);
    branch
        .children()
        .forEach(
            (key, child) -> {
              if (!known.contains(key)) {
                String hint =
                    Nearest.to(key, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("known here: " + String.join(", ", known));
                // Without its value, which may be a misspelt secret.
                faults.add(
                    new Fault(join(path, key), "", Fault.UNKNOWN + "; " + hint, child.origin()));
              }
            });
  }

  private @Nullable Object component(RecordComponent component, Tree.Branch branch, String path) {
    String key = Types.key(component);
    String at = join(path, key);
    Tree tree = branch.children().get(key);
    Default standard = component.getAnnotation(Default.class);
    if (tree == null && standard != null) {
      tree = new Tree.Leaf(standard.value(), "default");
    }
    Object value = binder.bind(component.getGenericType(), tree, at);
    Range range = component.getAnnotation(Range.class);
    Object bounded = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
    if (bounded != null && range != null) {
      Bounds.of(range, bounded.getClass(), scalars).check(bounded, at, tree, faults);
    }
    return value;
  }

  private @Nullable Object construct(
      Class<?> type, @Nullable Object[] values, Tree.Branch branch, String path) {
    Class<?>[] parameters =
        Stream.of(Types.components(type)).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (InvocationTargetException refused) {
      report(refused.getCause(), branch, path);
      return null;
    } catch (ReflectiveOperationException programming) {
      throw new IllegalStateException("cannot construct " + type, programming);
    }
  }

  private void report(@Nullable Throwable refusal, Tree.Branch branch, String path) {
    switch (refusal) {
      case Check.BrokenRules rules -> rules.broken().forEach(one -> report(one, branch, path));
      case IllegalArgumentException rule -> faults.add(path, branch, false, rule(rule));
      case null, default ->
          throw new IllegalStateException("a rule of " + path + " failed", refusal);
    }
  }

  private void report(Check.Broken broken, Tree.Branch branch, String path) {
    Tree at = broken.key().isEmpty() ? branch : Tree.at(branch, List.of(broken.key().split("\\.")));
    faults.add(join(path, broken.key()), at, false, broken.rule());
  }

  private static String join(String path, String key) {
    return path.isEmpty() || key.isEmpty() ? path + key : path + "." + key;
  }
}
