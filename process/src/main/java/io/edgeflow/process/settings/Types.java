package io.edgeflow.process.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What the binder needs to know about the types of record components. */
final class Types {
  /** The runtime makes them anew, with their annotations, each time that it is asked. */
  private static final ClassValue<RecordComponent[]> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> record) {
          return record.getRecordComponents();
        }
      };

  private Types() {}

  /** Not to be changed. */
  static RecordComponent[] components(Class<?> record) {
    return COMPONENTS.get(record);
  }

  /** The type without its parameters. */
  static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> raw(generic.getRawType());
      default -> throw new IllegalStateException("settings cannot be of type " + type);
    };
  }

  /** The type parameter of a list or an optional, the value's type of a map. */
  static Type content(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1];
    }
    throw new IllegalStateException(type + " needs a type parameter");
  }

  static List<String> keys(Class<?> record) {
    return Stream.of(components(record)).map(Types::key).toList();
  }

  /** What a component is called in a document. */
  static String key(RecordComponent component) {
    Key other = component.getAnnotation(Key.class);
    return other == null ? component.getName() : other.value();
  }

  /** What may stand below a type: the type of the component or of the map's values. */
  static Optional<Type> below(Type type, String key) {
    Class<?> raw = raw(type);
    if (raw == Optional.class) {
      return below(content(type), key);
    } else if (raw == Map.class) {
      return Optional.of(content(type));
    } else if (raw.isRecord()) {
      return Arrays.stream(components(raw))
          .filter(component -> key(component).equals(key))
          .map(RecordComponent::getGenericType)
          .findFirst();
    }
    return Optional.empty();
  }

  /** The keys that are known below a type, apart from those of maps. */
  static List<String> keysBelow(Type type) {
    Class<?> raw = raw(type);
    return raw == Optional.class
        ? keysBelow(content(type))
        : raw.isRecord() ? keys(raw) : List.of();
  }

  /** A record that is a group of settings, rather than one value that reads itself from text. */
  static boolean isGroup(Class<?> type) {
    return type.isRecord()
        && Arrays.stream(type.getDeclaredMethods()).noneMatch(m -> m.getName().equals("parse"));
  }

  /** Equal for {@code maxFuture}, {@code MAXFUTURE} and {@code MAX_FUTURE}. */
  static String folded(String key) {
    return key.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
  }
}
