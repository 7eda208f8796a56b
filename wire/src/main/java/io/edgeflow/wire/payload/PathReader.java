package io.edgeflow.wire.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.edgeflow.aggregator.reading.Kind;
import io.edgeflow.aggregator.reading.Quality;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * JSON of which paths name the parts. Streams, so that no tree is built for a stranger; walks down
 * only where something is wanted. Owned by the parser's thread.
 */
final class PathReader implements PayloadReader {
  /** What is not wanted may be nested deeper than what is. */
  private static final int DEPTH = 32;

  private final Form.Json form;
  private final PathPlan plan;
  private final JsonFactory factory;
  private final PointValues values;
  private final String[] keys = new String[DEPTH + 1];
  private final @Nullable String[] names;
  private final RowStamp message = new RowStamp();
  private final RowStamp row = new RowStamp();

  PathReader(Form.Json form, PayloadLimits limits) {
    this.form = form;
    this.plan = PathPlan.of(form);
    this.factory = JsonFactories.of(limits, Math.max(DEPTH, limits.depth()));
    this.values = new PointValues(limits);
    this.names = new @Nullable String[plan.names().size()];
  }

  @Override
  public String format() {
    return "JSON";
  }

  @Override
  public void read(byte[] payload, int from, int to, Route route, ParsedMessage into)
      throws Refused, IOException {
    message.clear();
    row.clear();
    Arrays.fill(names, null);
    PathNode all = plan.all();
    PathNode toRows = plan.toRows();
    if (all != null) {
      pass(payload, all, route, into);
      message.set(row);
    }
    if (toRows == null) {
      pass(payload, plan.row(), route, into);
      finish(0, route, into);
    } else {
      pass(payload, toRows, route, into);
    }
    if (into.size() == 0) {
      throw new Refused(PayloadFault.UNPARSEABLE, "nothing is where the mapping looks for values");
    }
  }

  private void pass(byte[] payload, PathNode root, Route route, ParsedMessage into)
      throws Refused, IOException {
    try (JsonParser json = factory.createParser(payload)) {
      json.nextToken();
      visit(json, root, 0, route, into);
      if (json.nextToken() != null) {
        throw new Refused(PayloadFault.UNPARSEABLE, "something follows the JSON value");
      }
    }
  }

  /** At the first token of a value; leaves the parser at its last. */
  private void visit(JsonParser json, PathNode node, int depth, Route route, ParsedMessage into)
      throws Refused, IOException {
    PathNode.Target target = node.target;
    if (target != null && target.role() == PathNode.Role.ROW) {
      oneRow(json, route, into);
      return;
    }
    switch (json.currentToken()) {
      case START_OBJECT -> {
        if (isLeft(json, node, target, depth, route, into)) {
          return;
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
          keys[depth] = json.currentName();
          json.nextToken();
          below(json, node.member(keys[depth]), depth, route, into);
        }
      }
      case START_ARRAY -> {
        if (isLeft(json, node, target, depth, route, into)) {
          return;
        }
        for (int i = 0; json.nextToken() != JsonToken.END_ARRAY; i++) {
          PathNode child = node.element(i);
          keys[depth] = child == null ? "" : Integer.toString(i);
          below(json, child, depth, route, into);
        }
      }
      default -> {
        if (target != null) {
          take(json, target, depth, route, into);
        }
      }
    }
  }

  private void below(
      JsonParser json, @Nullable PathNode node, int depth, Route route, ParsedMessage into)
      throws Refused, IOException {
    if (node == null) {
      json.skipChildren();
    } else {
      visit(json, node, depth + 1, route, into);
    }
  }

  /** Whether nothing in this object or array is wanted: then it is skipped. */
  private boolean isLeft(
      JsonParser json,
      PathNode node,
      PathNode.@Nullable Target target,
      int depth,
      Route route,
      ParsedMessage into)
      throws Refused, IOException {
    if (target != null) {
      senseless(target.role());
    }
    if (!node.isEnd()) {
      return false;
    }
    json.skipChildren();
    if (target != null && target.role() == PathNode.Role.POINT) {
      refuse(target, depth, "an object or an array instead of a value", route, into);
    }
    return true;
  }

  /** Where a time or a quality is meant there is an object or an array: another is not taken. */
  private void senseless(PathNode.Role role) {
    if (role == PathNode.Role.TIME) {
      row.time(OptionalLong.empty());
    } else if (role == PathNode.Role.QUALITY) {
      row.quality(Quality.UNCERTAIN);
    }
  }

  private void oneRow(JsonParser json, Route route, ParsedMessage into)
      throws Refused, IOException {
    int first = into.size();
    row.set(message);
    for (int i = 0; i < names.length; i++) {
      names[i] = plan.rowNames().contains(i) ? null : names[i];
    }
    visit(json, plan.row(), 0, route, into);
    finish(first, route, into);
  }

  private void take(
      JsonParser json, PathNode.Target target, int depth, Route route, ParsedMessage into)
      throws Refused, IOException {
    switch (target.role()) {
      case POINT -> point(json, target, depth, route, into);
      case TIME -> time(json);
      case QUALITY -> {
        if (json.currentToken() != JsonToken.VALUE_NULL) {
          row.quality(form.qualities().of(json.getText()));
        }
      }
      case NAME ->
          names[target.index()] =
              json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText();
      case ROW -> throw new IllegalStateException("a row is no value");
    }
  }

  private void time(JsonParser json) throws IOException {
    switch (json.currentToken()) {
      case VALUE_NULL -> {}
      case VALUE_NUMBER_INT ->
          row.time(
              json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                  ? OptionalLong.empty()
                  : form.times().of(json.getLongValue()));
      case VALUE_NUMBER_FLOAT -> row.time(form.times().of(json.getDoubleValue()));
      case VALUE_STRING -> row.time(form.times().of(json.getText()));
      default -> row.time(OptionalLong.empty());
    }
  }

  private void point(
      JsonParser json, PathNode.Target target, int depth, Route route, ParsedMessage into)
      throws Refused, IOException {
    Point point = form.points().get(target.index());
    JsonToken token = json.currentToken();
    boolean plain = token.isNumeric() || token.isBoolean();
    if (target.deep() && !plain) {
      // Of all that is there, only what is measured is meant.
      return;
    }
    String series = series(target, depth, route);
    if (!values.mayTake(series, fault(target, series, route), into)) {
      return;
    }
    switch (token) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
          values.number(point, series, json.getDoubleValue(), text(json, point), into);
      case VALUE_TRUE -> values.truth(point, series, true, into);
      case VALUE_FALSE -> values.truth(point, series, false, into);
      case VALUE_STRING -> values.text(point, series, json.getText(), into);
      default -> into.fault(series, PayloadFault.NOT_A_NUMBER, "null instead of a value");
    }
  }

  /** Only texts need to know how a number was written. */
  private static String text(JsonParser json, Point point) throws IOException {
    return point.policy().kind() == Kind.TEXT ? json.getText() : "";
  }

  private void refuse(
      PathNode.Target target, int depth, String why, Route route, ParsedMessage into)
      throws Refused {
    String series = series(target, depth, route);
    if (values.mayTake(series, fault(target, series, route), into)) {
      into.fault(series, PayloadFault.NOT_A_NUMBER, why);
    }
  }

  /**
   * What the reading's series is called; what only the point is called, where the document has to
   * say the rest: see {@link #finish}.
   */
  private String series(PathNode.Target target, int depth, Route route) {
    Point point = form.points().get(target.index());
    if (!point.many()) {
      return names.length > 0 ? point.name() : route.series(target.index());
    }
    List<String> stars = new ArrayList<>(4);
    for (int star : target.stars()) {
      stars.add(keys[star]);
    }
    if (target.deep()) {
      for (int i = target.stars().getLast() + 1; i < depth; i++) {
        stars.add(keys[i]);
      }
    }
    String name = point.named(stars);
    return names.length > 0 ? name : filled(route, name);
  }

  private @Nullable String fault(PathNode.Target target, String series, Route route) {
    if (names.length > 0) {
      return null;
    }
    return form.points().get(target.index()).many()
        ? PointValues.fault(series)
        : route.fault(target.index());
  }

  private static String filled(Route route, String point) {
    String series = route.template().fill(n -> n.equals(SeriesTemplate.POINT) ? point : null);
    return series == null ? "" : series;
  }

  /** The row is over: what it says of time, quality and names is known now. */
  private void finish(int first, Route route, ParsedMessage into) {
    for (int i = first; names.length > 0 && i < into.size(); i++) {
      String point = into.series(i);
      SeriesTemplate.Names known =
          name -> name.equals(SeriesTemplate.POINT) ? point : names[plan.names().indexOf(name)];
      String series = route.template().fill(known);
      if (series == null) {
        into.faultAt(
            i,
            PayloadFault.BAD_SERIES_NAME,
            "the document does not say <" + route.template().missing(known) + ">");
        continue;
      }
      into.rename(i, series);
      String fault = PointValues.fault(series);
      if (fault != null) {
        into.faultAt(i, PayloadFault.BAD_SERIES_NAME, series + " " + fault);
      }
    }
    row.apply(first, into);
  }
}
