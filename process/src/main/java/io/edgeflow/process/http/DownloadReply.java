package io.edgeflow.process.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What of a download is sent: 304 if the client has it, 206 for a range of it, 416 for one behind
 * its end, else all. A condition counts before a range (RFC 9110, section 13.2.2).
 */
record DownloadReply(HttpServerRequest request, Context context, Workers readers) {
  void send(Download download) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    String tag = '"' + download.etag() + '"';
    download.headers().forEach(response::putHeader);
    response.putHeader("etag", tag).putHeader("accept-ranges", "bytes");
    if (has(header("if-none-match"), tag)) {
      response.setStatusCode(304).end();
      return;
    }
    Optional<ByteRange> range = range(download.length(), tag);
    if (range.isPresent() && range.get().isEmpty()) {
      unsatisfiable(download.length());
      return;
    }
    range.ifPresent(
        asked ->
            response.setStatusCode(206).putHeader("content-range", asked.of(download.length())));
    body(download, range.orElse(new ByteRange(0, download.length())));
  }

  private void body(Download download, ByteRange range) {
    request
        .response()
        .putHeader("content-type", download.contentType())
        // The tag names the bytes as they are: compressed they would be others.
        .putHeader("content-encoding", "identity")
        .putHeader("content-length", Long.toString(range.to() - range.from()));
    if (isHead()) {
      request.response().end();
    } else {
      new Transfer(readers, request, context, download, range).begin();
    }
  }

  private void unsatisfiable(long length) {
    Answer answer = Answer.error(416, "range", "there are only " + length + " bytes");
    answer.headers().forEach(request.response()::putHeader);
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("content-type", answer.contentType())
        .putHeader("content-range", "bytes */" + length)
        .end(Buffer.buffer(answer.body()));
  }

  /** Of a GET; one under the condition of another tag asks for all. */
  private Optional<ByteRange> range(long length, String tag) {
    String condition = header("if-range");
    String range = header("range");
    boolean counts = condition.isEmpty() || condition.strip().equals(tag);
    return isHead() || range.isEmpty() || !counts
        ? Optional.empty()
        : ByteRange.parse(range, length);
  }

  /** Whether a list of tags holds this one, weakly or not. */
  private static boolean has(String list, String tag) {
    return list.strip().equals("*")
        || Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .anyMatch(one -> one.equals(tag) || one.equals("W/" + tag));
  }

  private boolean isHead() {
    return request.method().name().equals("HEAD");
  }

  private String header(String name) {
    @Nullable String value = request.getHeader(name);
    return value == null ? "" : value;
  }
}
