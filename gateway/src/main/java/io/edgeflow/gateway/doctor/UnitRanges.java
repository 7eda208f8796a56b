package io.edgeflow.gateway.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Unit ids as people write them: 1-247 or 1,3,10-20. */
final class UnitRanges {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,3})(?:-(\\d{1,3}))?");
  private static final int HIGHEST = 255;

  private UnitRanges() {}

  /**
   * @throws IllegalArgumentException says what is wrong, for a person
   */
  static List<Integer> parse(String text) {
    var units = new TreeSet<Integer>();
    for (String part : text.split(",", -1)) {
      Matcher range = RANGE.matcher(part.strip());
      int first = range.matches() ? Integer.parseInt(range.group(1)) : -1;
      int last = first < 0 || range.group(2) == null ? first : Integer.parseInt(range.group(2));
      if (first < 0 || last < first || last > HIGHEST) {
        throw new IllegalArgumentException(
            "'" + text + "' are no unit ids such as 7, 1-247 or 1,3,10-20");
      }
      for (int unit = first; unit <= last; unit++) {
        units.add(unit);
      }
    }
    return List.copyOf(units);
  }

  /**
   * @param units in order
   */
  static String words(List<Integer> units) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < units.size(); ) {
      int end = i;
      while (end + 1 < units.size() && units.get(end + 1) == units.get(end) + 1) {
        end++;
      }
      parts.add(end == i ? "" + units.get(i) : units.get(i) + "-" + units.get(end));
      i = end + 1;
    }
    return String.join(", ", parts);
  }
}
