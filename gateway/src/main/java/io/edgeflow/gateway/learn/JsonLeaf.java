package io.edgeflow.gateway.learn;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A value somewhere in a document.
 *
 * @param keys the way to it: names, and of elements their index in brackets
 * @param text as it is written
 */
record JsonLeaf(List<String> keys, JsonToken token, String text) {
  private static final JsonFactory FACTORY = new JsonFactory();

  JsonLeaf {
    keys = List.copyOf(keys);
  }

  boolean isMeasured() {
    return token.isNumeric() || token.isBoolean();
  }

  /** The last name on the way; empty if there is none. */
  String name() {
    for (String key : keys.reversed()) {
      if (!key.startsWith("[")) {
        return key;
      }
    }
    return "";
  }

  /** The way from some level on. */
  String path(String root, int from) {
    StringBuilder path = new StringBuilder(root);
    for (String key : keys.subList(from, keys.size())) {
      if (key.startsWith("[")) {
        path.append(key);
      } else if (key.matches("[\\w-]+")) {
        path.append('.').append(key);
      } else {
        path.append("['").append(key).append("']");
      }
    }
    return path.toString();
  }

  /** All that can be read: a sample may end in the middle. Empty if it is no JSON. */
  static List<JsonLeaf> of(byte[] sample) {
    List<JsonLeaf> leaves = new ArrayList<>();
    Deque<int[]> arrays = new ArrayDeque<>();
    Deque<String> keys = new ArrayDeque<>();
    try (JsonParser json = FACTORY.createParser(sample)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        step(json, token, leaves, keys, arrays);
      }
    } catch (IOException cut) {
      // What was found until then is what there is.
    }
    return leaves;
  }

  private static void step(
      JsonParser json,
      JsonToken token,
      List<JsonLeaf> leaves,
      Deque<String> keys,
      Deque<int[]> arrays)
      throws IOException {
    if (token == JsonToken.FIELD_NAME) {
      keys.addLast(json.currentName());
      return;
    }
    int[] array = arrays.peekLast();
    boolean inArray = array != null && array[0] >= 0;
    switch (token) {
      case START_OBJECT, START_ARRAY -> {
        if (inArray) {
          keys.addLast("[" + array[0]++ + "]");
        }
        arrays.addLast(new int[] {token == JsonToken.START_ARRAY ? 0 : -1});
      }
      case END_OBJECT, END_ARRAY -> {
        arrays.pollLast();
        keys.pollLast();
      }
      default -> {
        if (inArray) {
          keys.addLast("[" + array[0]++ + "]");
        }
        leaves.add(new JsonLeaf(inOrder(keys), token, json.getText()));
        keys.pollLast();
      }
    }
  }

  private static List<String> inOrder(Deque<String> keys) {
    List<String> order = new ArrayList<>(keys.size());
    for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
      order.add(each.next());
    }
    return order;
  }
}
