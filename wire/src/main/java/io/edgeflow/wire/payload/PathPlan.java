package io.edgeflow.wire.payload;

import io.edgeflow.wire.payload.PathNode.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the documents of a mapping. Where there are rows, what is said of all of them
 * is looked for first, because it may stand behind them.
 *
 * @param all what is wanted of the document as a whole; null: nothing before its rows
 * @param toRows the way to the rows; null: the document is the one row
 * @param row what is wanted of each row
 * @param names what each name is called, in the order of their targets
 * @param rowNames which of the names belong to a row rather than to all
 */
record PathPlan(
    @Nullable PathNode all,
    @Nullable PathNode toRows,
    PathNode row,
    List<String> names,
    Set<Integer> rowNames) {
  static PathPlan of(Form.Json form) {
    boolean rows = !form.each().isEmpty();
    PathNode all = new PathNode();
    PathNode row = rows ? new PathNode() : all;
    for (int i = 0; i < form.points().size(); i++) {
      row.add(JsonPath.parse(form.points().get(i).from()), Role.POINT, i);
    }
    List<String> names = new ArrayList<>();
    Set<Integer> rowNames = new HashSet<>();
    boolean ofAll = false;
    for (Map.Entry<String, String> name : new TreeMap<>(form.names()).entrySet()) {
      ofAll |= put(name.getValue(), Role.NAME, names.size(), all, row);
      if (rows && name.getValue().startsWith("@")) {
        rowNames.add(names.size());
      }
      names.add(name.getKey());
    }
    ofAll |= put(form.time(), Role.TIME, 0, all, row);
    ofAll |= put(form.quality(), Role.QUALITY, 0, all, row);
    if (!rows) {
      return new PathPlan(null, null, all.settled(), names, rowNames);
    }
    PathNode toRows = new PathNode();
    toRows.add(JsonPath.parse(form.each()), Role.ROW, 0);
    return new PathPlan(
        ofAll ? all.settled() : null, toRows.settled(), row.settled(), names, rowNames);
  }

  /** Whether it belongs to all rows. */
  private static boolean put(String path, Role role, int index, PathNode all, PathNode row) {
    if (path.isEmpty()) {
      return false;
    }
    JsonPath parsed = JsonPath.parse(path);
    (parsed.ofRow() ? row : all).add(parsed, role, index);
    return !parsed.ofRow();
  }
}
