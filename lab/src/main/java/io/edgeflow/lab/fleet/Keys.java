package io.edgeflow.lab.fleet;

import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The keys of a drill, as {@code ./edgeflow model keygen} would lay them down: a root, a publisher
 * and the cloud that may tell edges what to run.
 *
 * @param root what edges and the cloud pin
 * @param controller the file that the cloud signs with
 * @param chain who counts
 */
public record Keys(Path root, Path controller, SigningKey publisher, KeyChain chain) {
  /**
   * Makes new ones.
   *
   * @param folder an empty one, or none yet
   */
  public static Keys in(Path folder) throws IOException {
    Files.createDirectories(folder);
    SigningKey root = SigningKey.generate();
    SigningKey publisher = SigningKey.generate();
    SigningKey cloud = SigningKey.generate();
    var document =
        new KeyDocument(
            1,
            2,
            List.of(root.verifying()),
            Map.of("lab", new Publisher(publisher.verifying(), 0)),
            Map.of("cloud", new Publisher(cloud.verifying(), 0)));
    Path pinned = Files.writeString(folder.resolve("root.pub"), root.verifying() + "\n");
    Path controller = Files.writeString(folder.resolve("cloud.key"), cloud.pem());
    return new Keys(pinned, controller, publisher, KeyChain.begin(root).then(document, root));
  }
}
