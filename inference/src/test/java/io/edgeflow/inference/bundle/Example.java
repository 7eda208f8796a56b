package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The documents in {@code docs/models.md}, which people copy. */
final class Example {
  private Example() {}

  static String manifestText() {
    return block("manifest");
  }

  static String parametersText() {
    return block("parameters");
  }

  static Manifest manifest() {
    return good(BundleDocuments.manifest(bytes(manifestText())));
  }

  static <T> T good(Document<T> document) {
    return switch (document) {
      case Document.Good<T>(T value) -> value;
      case Document.Faulty<T> faulty -> throw new AssertionError(faulty.faults().toString());
    };
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String block(String mark) {
    String page = page();
    int from = page.indexOf("<!-- " + mark + " -->");
    int start = page.indexOf("```json\n", from) + "```json\n".length();
    return page.substring(start, page.indexOf("```", start));
  }

  static String page() {
    try {
      return Files.readString(Path.of(System.getProperty("edgeflow.home"), "docs/models.md"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
