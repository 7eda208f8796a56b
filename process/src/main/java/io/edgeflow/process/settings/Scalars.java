package io.edgeflow.process.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Turns text into values. Every refusal is an IllegalArgumentException that names the rule. */
final class Scalars {
  private final Path home;
  private final Map<String, String> environment;

  /**
   * @param home what relative paths are relative to
   * @param environment where {@code env:} secrets are
   */
  Scalars(Path home, Map<String, String> environment) {
    this.home = home;
    this.environment = environment;
  }

  Object parse(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    } else if (type == int.class || type == Integer.class) {
      return Math.toIntExact(whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE));
    } else if (type == long.class || type == Long.class) {
      return whole(text, Long.MIN_VALUE, Long.MAX_VALUE);
    } else if (type == double.class || type == Double.class) {
      return number(text);
    } else if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    } else if (type == Duration.class) {
      return Durations.parse(text);
    } else if (type == Path.class) {
      return home.resolve(text.strip()).normalize();
    } else if (type == URI.class) {
      return uri(text);
    } else if (type == ZoneId.class) {
      return zone(text);
    } else if (type == Secret.class) {
      return secret(text.strip());
    }
    return type.isEnum() ? constant(type, text) : parsed(type, text);
  }

  private static long whole(String text, long min, long max) {
    try {
      long number = Long.parseLong(text.strip().replace("_", ""));
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Answered below, like one that is too large.
    }
    throw new IllegalArgumentException("must be a whole number");
  }

  private static double number(String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException notOne) {
      // Answered below, like an infinite one.
    }
    throw new IllegalArgumentException("must be a number");
  }

  private static boolean truth(String text) {
    return switch (text.strip()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static URI uri(String text) {
    try {
      return URI.create(text.strip());
    } catch (IllegalArgumentException notOne) {
      throw new IllegalArgumentException("must be a URI such as tcp://host:1884", notOne);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text.strip());
    } catch (DateTimeException notOne) {
      throw new IllegalArgumentException("must be a time zone such as Europe/Berlin", notOne);
    }
  }

  private Secret secret(String reference) {
    if (reference.startsWith("env:")) {
      String name = reference.substring("env:".length());
      String value = environment.get(name);
      if (value == null) {
        throw new IllegalArgumentException("names the variable " + name + ", which is not set");
      }
      return new Secret(value);
    }
    if (!reference.startsWith("file:")) {
      throw new IllegalArgumentException("must be a reference, file:PATH or env:NAME");
    }
    Path file = home.resolve(reference.substring("file:".length()));
    try {
      return new Secret(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (java.io.IOException unreadable) {
      throw new IllegalArgumentException("names the file " + file + ", unreadable", unreadable);
    }
  }

  private static Object constant(Class<?> type, String text) {
    Object[] constants = type.getEnumConstants();
    for (Object constant : constants) {
      if (constant.toString().equalsIgnoreCase(text.strip())) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        Arrays.stream(constants)
            .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", ", "must be one of ", "")));
  }

  /** Any other type brings a {@code static T parse(String)} of its own. */
  private static Object parsed(Class<?> type, String text) {
    try {
      Method parse = type.getDeclaredMethod("parse", String.class);
      if (!Modifier.isStatic(parse.getModifiers())) {
        throw new IllegalStateException(type + ".parse(String) is not static");
      }
      parse.setAccessible(true);
      return parse.invoke(null, text);
    } catch (InvocationTargetException refused) {
      if (refused.getCause() instanceof IllegalArgumentException rule) {
        throw rule;
      }
      throw new IllegalStateException(type + ".parse failed", refused.getCause());
    } catch (ReflectiveOperationException programming) {
      throw new IllegalStateException("no way to read a " + type.getName(), programming);
    }
  }
}
