package io.edgeflow.cloud.query;

import io.edgeflow.process.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Which labels a series must have: {@code label=hall:3} one with that value, {@code label=hall} one
 * with any; all that are given.
 *
 * @param values a JSON object; empty for no matter which
 */
record LabelFilter(String values, List<String> names) {
  static final LabelFilter NONE = new LabelFilter("{}", List.of());

  static LabelFilter parse(List<String> texts) {
    var values = new TreeMap<String, String>();
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      String name = colon < 0 ? text : text.substring(0, colon);
      if (name.isBlank()) {
        throw Parameters.wrong("label", text, "must be name:value or name");
      }
      if (colon < 0) {
        names.add(name.strip());
      } else if (values.put(name.strip(), text.substring(colon + 1).strip()) != null) {
        throw Parameters.wrong("label", text, "is the second value of one label: none has two");
      }
    }
    return new LabelFilter(Json.text(values), List.copyOf(names));
  }
}
