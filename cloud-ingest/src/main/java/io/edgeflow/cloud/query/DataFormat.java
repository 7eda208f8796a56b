package io.edgeflow.cloud.query;

import io.edgeflow.process.http.HttpRefusal;
import io.edgeflow.process.http.Request;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How data is written. */
enum DataFormat {
  JSON("application/json", "application/json"),
  CSV("text/csv", "text/csv; charset=utf-8; header=present");

  private final String mediaType;
  private final String contentType;

  DataFormat(String mediaType, String contentType) {
    this.mediaType = mediaType;
    this.contentType = contentType;
  }

  String contentType() {
    return contentType;
  }

  /**
   * What {@code format} names, else what the client accepts, JSON first.
   *
   * @throws HttpRefusal 400 or 406
   */
  static DataFormat of(Parameters parameters, Request request) {
    String named = parameters.text("format").orElse("");
    for (DataFormat format : values()) {
      if (named.equals(format.name().toLowerCase(Locale.ROOT))) {
        return format;
      }
    }
    if (!named.isEmpty()) {
      throw Parameters.wrong("format", named, "must be json or csv");
    }
    String accept = request.header("accept").orElse("*/*");
    double json = JSON.weight(accept);
    double csv = CSV.weight(accept);
    if (json <= 0 && csv <= 0) {
      throw new HttpRefusal(406, "not-acceptable", "there is application/json and text/csv");
    }
    return csv > json ? CSV : JSON;
  }

  /** How much a client likes it (RFC 9110, section 12.5.1): the most specific range counts. */
  private double weight(String accept) {
    String group = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
    for (String range : List.of(mediaType, group, "*/*")) {
      for (String one : accept.toLowerCase(Locale.ROOT).split(",", -1)) {
        List<String> parts = Arrays.stream(one.split(";", -1)).map(String::strip).toList();
        if (parts.getFirst().equals(range)) {
          return parts.stream().mapToDouble(DataFormat::quality).min().orElse(1);
        }
      }
    }
    return accept.isBlank() ? 1 : 0;
  }

  private static double quality(String parameter) {
    try {
      return parameter.startsWith("q=") ? Double.parseDouble(parameter.substring(2)) : 1;
    } catch (NumberFormatException notOne) {
      return 1;
    }
  }
}
