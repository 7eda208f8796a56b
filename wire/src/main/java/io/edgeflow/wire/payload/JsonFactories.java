package io.edgeflow.wire.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.edgeflow.aggregator.reading.SeriesName;

/** Makes parsers of JSON that bound what a stranger's document costs. */
final class JsonFactories {
  private JsonFactories() {}

  /**
   * @param depth of nested objects and arrays
   */
  static JsonFactory of(PayloadLimits limits, int depth) {
    return JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(depth)
                .maxStringLength(limits.textChars())
                .maxNameLength(SeriesName.MAX_BYTES)
                .maxNumberLength(NumberText.MOST_CHARS)
                .build())
        .build();
  }
}
