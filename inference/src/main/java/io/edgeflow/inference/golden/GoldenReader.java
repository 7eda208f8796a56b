package io.edgeflow.inference.golden;

import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleContent;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleRefusal;
import io.edgeflow.inference.bundle.Manifest;
import io.edgeflow.process.settings.Document;
import io.edgeflow.process.settings.Documents;
import io.edgeflow.process.settings.Fault;
import java.util.List;

/** Golden vectors as JSON. Reading never throws, whatever the bytes. */
public final class GoldenReader {
  private static final int MAX_VALUES = 250_000;

  private GoldenReader() {}

  /** Those of a bundle, if the file still is the one that the bundle was read with. Blocks. */
  public static GoldenRead read(Bundle bundle, BundleReader reader) {
    return switch (reader.content(bundle, Bundle.GOLDEN_FILE)) {
      case BundleContent.Refused(BundleRefusal refusal) -> new GoldenRead.Refused(refusal);
      case BundleContent.Bytes content ->
          switch (read(content.bytes(), bundle.manifest())) {
            case Document.Good<Golden>(Golden golden) -> new GoldenRead.Good(golden);
            case Document.Faulty<Golden>(List<Fault> faults) ->
                new GoldenRead.Refused(new BundleRefusal.Faulty(Bundle.GOLDEN_FILE, faults));
          };
    };
  }

  public static Document<Golden> read(byte[] json, Manifest manifest) {
    Document<Golden> read = Documents.read(Golden.class, json, Bundle.GOLDEN_FILE, MAX_VALUES);
    if (read instanceof Document.Good<Golden>(Golden golden)) {
      List<Fault> faults = golden.faults(manifest);
      return faults.isEmpty() ? read : new Document.Faulty<>(faults);
    }
    return read;
  }

  public static String text(Golden golden) {
    return Documents.write(golden);
  }
}
