package io.edgeflow.lab.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.edgeflow.inference.bundle.Bundle;
import io.edgeflow.inference.bundle.BundleDocuments;
import io.edgeflow.inference.bundle.BundleLimits;
import io.edgeflow.inference.bundle.BundleRead;
import io.edgeflow.inference.bundle.BundleReader;
import io.edgeflow.inference.bundle.BundleTrust;
import io.edgeflow.process.files.Folders;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two versions of the demo's model to publish: one that watches like the one that is there, and one
 * whose threshold is so low that every pump seems unwell. Its scores are right, so it proves itself
 * on its golden vectors; only in service it does badly.
 *
 * @param good folder of the bundle, signed
 * @param bad likewise
 */
record DemoModels(Path good, Path bad) {
  static final String MODEL = "pump-health";
  static final String GOOD = "1.1.0";
  static final String BAD = "2.0.0";

  /** Few rows are enough to judge by: nobody watches a demo for an hour. */
  private static final int ROWS = 30;

  private static final double FAR_TOO_LOW = 0.001;

  /** Of the rows: a pump may cavitate, and be found out, while the model is new. */
  private static final double MOST_ALARMS = 0.5;

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param configured the folder of the model that the gateway's configuration names
   * @param folder where they go, in place of what is there
   */
  static DemoModels of(Path configured, Path folder, SigningKey publisher) throws IOException {
    return new DemoModels(
        version(configured, folder.resolve("good"), GOOD, 2, publisher),
        version(configured, folder.resolve("bad"), BAD, 3, publisher));
  }

  private static Path version(
      Path configured, Path folder, String version, long number, SigningKey publisher)
      throws IOException {
    if (Files.exists(folder)) {
      Folders.delete(folder);
    }
    Files.createDirectories(folder);
    for (Path file : files(configured)) {
      Files.copy(file, folder.resolve(file.getFileName()));
    }
    Path manifest = folder.resolve(BundleDocuments.MANIFEST_FILE);
    Files.writeString(manifest, changed(Files.readString(manifest), version));
    Bundle bundle = read(folder);
    var statement = BundleTrust.statement(bundle, number, Instant.now(), Optional.empty());
    Files.writeString(
        folder.resolve(Bundle.SIGNATURES_FILE), BundleTrust.sign(statement, publisher));
    return folder;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static String changed(String manifest, String version) throws IOException {
    ObjectNode document = (ObjectNode) JSON.readTree(manifest);
    document.put("version", version);
    ObjectNode gates = document.putObject("gates");
    gates.put("minRows", ROWS);
    gates.putObject("alarmRate").put("most", MOST_ALARMS);
    if (version.equals(BAD)) {
      ObjectNode threshold = (ObjectNode) document.path("thresholds").path(0);
      threshold.put("min", 0).put("value", FAR_TOO_LOW);
    }
    return JSON.writeValueAsString(document);
  }

  private static Bundle read(Path folder) throws IOException {
    return switch (new BundleReader(BundleLimits.STANDARD).read(folder)) {
      case BundleRead.Good(Bundle bundle) -> bundle;
      case BundleRead.Refused(var refusal) -> throw new IOException(folder + ": " + refusal);
    };
  }
}
