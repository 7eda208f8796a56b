package io.edgeflow.lab.slaves;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Units as somebody asks for them: {@code 7:slow=300ms,max=20} or {@code 1-50}.
 *
 * @param first id of the first, 0..255
 * @param last id of the last
 * @param tables what they have
 * @param from the first address of every table
 * @param size how many addresses each has
 */
public record UnitSpec(
    int first, int last, Personality personality, Set<Table> tables, int from, int size) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?(?::(.+))?");
  private static final Pattern DELAY = Pattern.compile("(\\d{1,6})(ms|s)");

  public UnitSpec {
    tables = Set.copyOf(tables);
    if (first > last || last > 255) {
      throw new IllegalArgumentException("unit ids are 0 to 255, the smaller one first");
    }
  }

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  public static UnitSpec parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("units are written 7, 1-50 or 7:slow=300ms,max=20");
    }
    int first = Integer.parseInt(form.group(1));
    int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
    var spec =
        new UnitSpec(
            first, last, Personality.HEALTHY, Set.of(Table.values()), 0, TableMemory.USUAL_SIZE);
    String traits = form.group(3);
    for (String trait : traits == null ? new String[0] : traits.split(",", -1)) {
      spec = spec.with(trait.strip());
    }
    return spec;
  }

  public boolean contains(int id) {
    return id >= first && id <= last;
  }

  private UnitSpec with(String trait) {
    int equals = trait.indexOf('=');
    String name = equals < 0 ? trait : trait.substring(0, equals);
    String value = equals < 0 ? "" : trait.substring(equals + 1);
    return switch (name) {
      case "tables" -> new UnitSpec(first, last, personality, tables(value), from, size);
      case "from" -> new UnitSpec(first, last, personality, tables, number(name, value), size);
      case "size" -> new UnitSpec(first, last, personality, tables, from, number(name, value));
      default -> new UnitSpec(first, last, behaving(name, value), tables, from, size);
    };
  }

  private Personality behaving(String name, String value) {
    return switch (name) {
      case "healthy" -> Personality.HEALTHY;
      case "slow" -> personality.withDelay(delay(value));
      case "dead" -> personality.withReply(Reply.SILENT);
      case "max" -> block(value);
      case "exception" -> personality.withException(number(name, value));
      case "swapped" -> personality.withSwapped(true);
      case "wrong-id" -> personality.withReply(Reply.WRONG_ID);
      case "half" -> personality.withReply(Reply.HALF);
      case "garbled" -> personality.withReply(Reply.GARBLED);
      case "hang-up" -> personality.withReply(Reply.HANG_UP);
      case "every" -> personality.withEvery(number(name, value));
      default ->
          throw new IllegalArgumentException(
              "'" + name + "' is nothing a unit can be; --help lists what is");
    };
  }

  private Personality block(String value) {
    int slash = value.indexOf('/');
    return slash < 0
        ? personality.withLargestBlock(number("max", value), RefusedException.VALUE)
        : personality.withLargestBlock(
            number("max", value.substring(0, slash)), number("max", value.substring(slash + 1)));
  }

  private static Duration delay(String text) {
    Matcher form = DELAY.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException("slow is written slow=300ms or slow=2s");
    }
    long amount = Long.parseLong(form.group(1));
    return form.group(2).equals("s") ? Duration.ofSeconds(amount) : Duration.ofMillis(amount);
  }

  private static int number(String name, String text) {
    if (!text.matches("\\d{1,6}")) {
      throw new IllegalArgumentException(name + " takes a number: " + name + "=3");
    }
    return Integer.parseInt(text);
  }

  private static Set<Table> tables(String text) {
    Set<Table> chosen = EnumSet.noneOf(Table.class);
    for (String word : text.split("\\+", -1)) {
      chosen.add(
          Arrays.stream(Table.values())
              .filter(table -> table.word().equals(word.toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "tables are coil, discrete, holding and input: tables=holding+input")));
    }
    return chosen;
  }
}
