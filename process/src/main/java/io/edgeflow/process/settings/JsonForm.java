package io.edgeflow.process.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Writes a record tree as the JSON that would produce it. */
final class JsonForm {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

  private JsonForm() {}

  static String of(Record value) {
    try {
      return WRITER.writeValueAsString(group(value)).replace("\r\n", "\n") + "\n";
    } catch (JsonProcessingException programming) {
      throw new UncheckedIOException(programming);
    }
  }

  private static ObjectNode group(Record group) {
    ObjectNode node = NODES.objectNode();
    Choices.kindOf(group.getClass()).ifPresent(kind -> node.put(Choices.KEY, kind));
    for (RecordComponent component : Types.components(group.getClass())) {
      Object value = Effective.read(group, component);
      Object present = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
      if (present != null) {
        node.set(Types.key(component), node(present));
      }
    }
    return node;
  }

  private static JsonNode node(Object value) {
    return switch (value) {
      case List<?> list -> {
        ArrayNode items = NODES.arrayNode();
        list.forEach(item -> items.add(node(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        ObjectNode entries = NODES.objectNode();
        map.forEach((key, entry) -> entries.set(key.toString(), node(entry)));
        yield entries;
      }
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case Boolean truth -> NODES.booleanNode(truth);
      case Duration span -> NODES.textNode(Durations.format(span));
      case Enum<?> constant -> NODES.textNode(constant.toString().toLowerCase(Locale.ROOT));
      case Record record when Types.isGroup(record.getClass()) -> group(record);
      default -> NODES.textNode(value.toString());
    };
  }
}
