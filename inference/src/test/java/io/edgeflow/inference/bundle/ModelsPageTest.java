package io.edgeflow.inference.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The page says of each key what it is. */
final class ModelsPageTest {
  @Test
  void namesEveryKeyOfTheManifest() {
    assertEquals(List.of(), missing(keys(Manifest.class, "")));
  }

  @Test
  void namesEveryKeyOfTheParameters() {
    List<String> keys = keys(Parameters.class, "");
    assertTrue(keys.contains("normalisation[].scale"), keys::toString);
    keys.removeIf(key -> key.startsWith("devices."));
    assertEquals(List.of(), missing(keys));
  }

  @Test
  void namesEveryKindOfInputWithItsKeys() {
    String page = Example.page();
    for (Class<?> kind : Input.class.getPermittedSubclasses()) {
      String name =
          kind.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      String line =
          page.lines().filter(one -> one.startsWith("| `" + name + "`")).findFirst().orElse("");
      for (RecordComponent key : kind.getRecordComponents()) {
        assertTrue(line.contains("`" + key.getName() + "`"), () -> name + " " + key.getName());
      }
    }
  }

  @Test
  void showsManifestsThatCanBeRead() {
    for (String mark : List.of("manifest", "window", "minutes")) {
      Example.good(BundleDocuments.manifest(Example.bytes(Example.block(mark))));
    }
  }

  private static List<String> missing(List<String> keys) {
    String page = Example.page();
    List<String> missing = new ArrayList<>(keys);
    missing.removeIf(key -> page.contains("`" + key + "`") || isBrief(page, key));
    return missing;
  }

  /** {@code `a.min`, `.max`} names both. */
  private static boolean isBrief(String page, String key) {
    int dot = key.lastIndexOf('.');
    String group = dot < 0 ? key : key.substring(0, dot);
    return dot >= 0
        && page.lines()
            .anyMatch(
                line ->
                    line.startsWith("| `" + group + ".")
                        && line.contains(", `" + key.substring(dot) + "`"));
  }

  private static List<String> keys(Class<?> record, String path) {
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      keys.addAll(keysOf(component.getGenericType(), path + component.getName()));
    }
    return keys;
  }

  private static List<String> keysOf(Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Type content = arguments[arguments.length - 1];
      boolean group = isGroup(content);
      if (generic.getRawType() == Optional.class || !group) {
        String name = generic.getRawType() == Map.class ? path + ".NAME" : path;
        return List.of(name);
      }
      String each = generic.getRawType() == List.class ? path + "[]." : path + ".SUBJECT.";
      return keys((Class<?>) content, each);
    }
    return isGroup(type) ? keys((Class<?>) type, path + ".") : List.of(path);
  }

  private static boolean isGroup(Type type) {
    return type instanceof Class<?> plain
        && plain.isRecord()
        && Arrays.stream(plain.getDeclaredMethods())
            .noneMatch(method -> method.getName().equals("parse"));
  }
}
