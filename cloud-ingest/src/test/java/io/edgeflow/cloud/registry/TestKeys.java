package io.edgeflow.cloud.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.KeyDocument.Publisher;
import io.edgeflow.process.trust.SigningKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A root, the publisher ada, and the chain that says so. */
public final class TestKeys {
  public final SigningKey root = SigningKey.generate();
  public final SigningKey ada = SigningKey.generate();
  public final KeyChain chain = KeyChain.begin(root).then(document(2, Map.of("ada", ada)), root);

  /** Her key counts until then, in milliseconds since the epoch. */
  KeyDocument until(int number, SigningKey publisher, long notAfter) {
    return new KeyDocument(
        1,
        number,
        List.of(root.verifying()),
        Map.of("ada", new Publisher(publisher.verifying(), notAfter)),
        Map.of());
  }

  KeyDocument document(int number, Map<String, SigningKey> publishers) {
    var named = new TreeMap<String, Publisher>();
    publishers.forEach((name, key) -> named.put(name, new Publisher(key.verifying(), 0)));
    return new KeyDocument(1, number, List.of(root.verifying()), named, Map.of());
  }

  public static byte[] text(KeyChain chain) {
    return chain.text().getBytes(UTF_8);
  }
}
