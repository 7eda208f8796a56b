package io.edgeflow.gateway.learn;

import io.edgeflow.process.http.Answer;
import io.edgeflow.process.http.Routes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/unmapped}: topics that nothing maps, each with a mapping to paste. */
public final class UnmappedRoutes {
  private UnmappedRoutes() {}

  /**
   * @param t when the last message came, milliseconds since the epoch
   * @param sample the first bytes of the last payload, printable
   * @param format what the payload looks like; empty if like nothing that can be mapped
   * @param mapping YAML to paste under {@code mappings:}; empty where there is none
   */
  record TopicDocument(
      String topic,
      long messages,
      long t,
      String sample,
      int bytes,
      String format,
      String mapping,
      String note) {}

  public static Routes add(Routes routes, UnmappedTopics topics) {
    return routes.get("/api/v1/unmapped", _ -> Answer.json(document(topics)));
  }

  private static Map<String, Object> document(UnmappedTopics topics) {
    List<TopicDocument> documents = topics.topics().stream().map(UnmappedRoutes::document).toList();
    return Map.of(
        "topics", documents, "most", UnmappedTopics.MOST, "forgotten", topics.forgotten());
  }

  private static TopicDocument document(UnmappedTopics.Topic topic) {
    MappingGuess guess = MappingGuess.of(topic.topic(), topic.sample(), topic.whole());
    return new TopicDocument(
        topic.topic(),
        topic.messages(),
        topic.lastMicros() / 1_000,
        printable(topic.sample()),
        topic.bytes(),
        guess.format(),
        guess.yaml(),
        guess.note());
  }

  private static String printable(byte[] sample) {
    return new String(sample, StandardCharsets.UTF_8).replaceAll("[\\p{Cntrl}&&[^\n\t]]", "·");
  }
}
