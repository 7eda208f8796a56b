package io.edgeflow.inference.bundle;

import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Fault;
import io.edgeflow.process.trust.BundleFiles;
import java.util.List;

/** The documents of a bundle as JSON. Reading never throws, whatever the bytes. */
public final class BundleDocuments {
  public static final String MANIFEST_FILE = BundleFiles.MANIFEST;

  static final int MAX_MANIFEST_BYTES = BundleFiles.MAX_MANIFEST;
  static final int MAX_PARAMETERS_BYTES = 4 * 1024 * 1024;
  private static final int MAX_VALUES = 200_000;

  private BundleDocuments() {}

  public static Document<Manifest> manifest(byte[] json) {
    return read(Manifest.class, json, MANIFEST_FILE, MAX_MANIFEST_BYTES);
  }

  /** Parameters that are what this manifest allows. */
  public static Document<Parameters> parameters(byte[] json, Manifest manifest) {
    Document<Parameters> read = read(Parameters.class, json, Parameters.FILE, MAX_PARAMETERS_BYTES);
    if (read instanceof Document.Good<Parameters>(Parameters parameters)) {
      List<Fault> faults = parameters.faults(manifest);
      return faults.isEmpty() ? read : new Document.Faulty<>(faults);
    }
    return read;
  }

  public static String text(Manifest manifest) {
    return Documents.write(manifest);
  }

  public static String text(Parameters parameters) {
    return Documents.write(parameters);
  }

  private static <T extends Record> Document<T> read(
      Class<T> type, byte[] json, String source, int maxBytes) {
    return json.length > maxBytes
        ? new Document.Faulty<>(
            List.of(new Fault("", "", "must be " + maxBytes + " bytes or fewer", source)))
        : Documents.read(type, json, source, MAX_VALUES);
  }
}
