package io.edgeflow.process.settings;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON from a stranger: depth, lengths and the number of values are bounded. */
final class JsonTree {
  private static final int MAX_DEPTH = 16;
  private static final int MAX_NAME = 256;
  private static final int MAX_NUMBER = 40;
  private final JsonFactory factory;
  private final String source;
  private final Faults faults;
  private int room;

  /**
   * @param source what the text is called in origins
   * @param maxValues how many values and groups it may hold
   * @param maxText characters of one text
   * @param faults receives what is wrong with the text
   */
  JsonTree(String source, int maxValues, int maxText, Faults faults) {
    this.source = source;
    this.room = maxValues;
    this.faults = faults;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(maxText)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_NUMBER)
                    .build())
            .build();
  }

  /** The tree of the text; null if it is no JSON, or too much of it. */
  @Nullable Tree read(byte[] text) {
    try (JsonParser in = factory.createParser(text)) {
      if (in.nextToken() == null) {
        faults.add(new Fault("", "", "is empty", source));
        return null;
      }
      Tree tree = tree(in, "");
      if (in.nextToken() != null) {
        faults.add(new Fault("", "", "has something behind its end", line(in)));
        return null;
      }
      return tree;
    } catch (TooMany tooMany) {
      faults.add(new Fault("", "", "holds too many values", source));
    } catch (JsonProcessingException wrong) {
      var at = wrong.getLocation();
      String where = at == null ? source : source + ":" + at.getLineNr();
      faults.add(new Fault("", "", "is not JSON, or beyond what is read of it", where));
    } catch (IOException wrong) {
      faults.add(new Fault("", "", "is not JSON", source));
    }
    return null;
  }

  private @Nullable Tree tree(JsonParser in, String path) throws IOException {
    if (--room < 0) {
      throw new TooMany();
    }
    return switch (in.currentToken()) {
      case START_OBJECT -> branch(in, path);
      case START_ARRAY -> items(in, path);
      case VALUE_NULL -> null;
      default -> leaf(in, path);
    };
  }

  private Tree leaf(JsonParser in, String path) throws IOException {
    String text = in.getText();
    if (!isText(text)) {
      faults.add(new Fault(path, "", "holds characters that are no text", line(in)));
    }
    return new Tree.Leaf(text, line(in));
  }

  /** No halves of characters, which nothing could write again, and nothing that steers. */
  private static boolean isText(String text) {
    return text.codePoints()
        .noneMatch(
            c ->
                (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)
                    || (Character.isISOControl(c) && c != '\n' && c != '\t'));
  }

  private Tree items(JsonParser in, String path) throws IOException {
    String origin = line(in);
    List<Tree> items = new ArrayList<>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      Tree item = tree(in, path + "[" + items.size() + "]");
      items.add(item == null ? new Tree.Leaf("", origin) : item);
    }
    return new Tree.Items(items, origin);
  }

  private Tree branch(JsonParser in, String path) throws IOException {
    String origin = line(in);
    var children = new LinkedHashMap<String, Tree>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      String child = path.isEmpty() ? key : path + "." + key;
      String where = line(in);
      if (!isText(key)) {
        faults.add(new Fault(child, "", "is named by characters that are no text", where));
      }
      in.nextToken();
      Tree value = tree(in, child);
      if (value != null && children.putIfAbsent(key, value) != null) {
        faults.add(new Fault(child, "", "is set twice", where));
      }
    }
    return new Tree.Branch(children, origin);
  }

  private String line(JsonParser in) {
    return source + ":" + in.currentTokenLocation().getLineNr();
  }

  private static final class TooMany extends IOException {}
}
