package io.edgeflow.inference.prepare;

import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.inference.bundle.Parameters;
import io.edgeflow.process.settings.Document;
import java.nio.charset.StandardCharsets;

/** Manifests of the input and preparation that a test is about. */
final class Plans {
  private Plans() {}

  static Manifest manifest(String input, String preparation) {
    String json =
        """
        {"schema": 1, "name": "m", "version": "1", "outputs": [{"name": "score"}],
         "devices": ["pump-*"], "input": {%s}, "preparation": {%s}}
        """
            .formatted(input, preparation);
    return switch (BundleDocuments.manifest(json.getBytes(StandardCharsets.UTF_8))) {
      case Document.Good<Manifest>(Manifest manifest) -> manifest;
      case Document.Faulty<Manifest> faulty -> throw new AssertionError(faulty.toString());
    };
  }

  static Preparer preparer(String input, String preparation) {
    Manifest manifest = manifest(input, preparation);
    return new Preparer(manifest, Parameters.none(manifest), "pump-1");
  }

  static String window(int length) {
    return "\"kind\": \"sliding-window\", \"series\": \"{device}/a\", \"length\": " + length;
  }

  static String vector(int series) {
    var names = new StringBuilder();
    for (int i = 0; i < series; i++) {
      names.append(i == 0 ? "" : ", ").append("\"{device}/").append((char) ('a' + i)).append('"');
    }
    return "\"kind\": \"latest-vector\", \"series\": [" + names + "]";
  }

  static String grid(String method, String fill) {
    return """
    "resampling": {"method": "%s", "period": "1s"}, "gap": {"maxGap": "3s", "fill": "%s"}\
    """
        .formatted(method, fill);
  }
}
