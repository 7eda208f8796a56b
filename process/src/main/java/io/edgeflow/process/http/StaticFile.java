package io.edgeflow.process.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** A file served from memory. Clients keep it and ask each time whether it is still the same. */
record StaticFile(Answer whole, String etag) {
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "ico", "image/x-icon",
          "woff2", "font/woff2");

  static StaticFile of(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + resource + " beside " + owner);
      }
      byte[] body = in.readAllBytes();
      String etag = '"' + digest(body) + '"';
      var headers = Map.of("etag", etag, "cache-control", "no-cache");
      return new StaticFile(new Answer(200, type(resource), body, headers), etag);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** The file, or 304 if the client has it. */
  Answer answer(String ifNoneMatch) {
    boolean same = ifNoneMatch.equals("*") || ifNoneMatch.contains(etag);
    return same ? new Answer(304, whole.contentType(), new byte[0], whole.headers()) : whole;
  }

  private static String type(String resource) {
    String extension = resource.substring(resource.lastIndexOf('.') + 1);
    return TYPES.getOrDefault(extension, "application/octet-stream");
  }

  private static String digest(byte[] body) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }
}
