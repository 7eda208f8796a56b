package io.edgeflow.models.cli;

import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.trust.KeyChain;
import io.edgeflow.process.trust.KeyDocument;
import io.edgeflow.process.trust.SigningKey;
import io.edgeflow.process.trust.VerifyingKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Function;

/**
 * The files of a folder of keys: {@code root.key} and {@code NAME.key}, which are secret, {@code
 * root.pub}, which every edge pins, and {@code keys.json}, the chain that anybody may have.
 */
record KeyFiles(Path folder) {
  private static final String ROOT = "root";

  Path chain() {
    return folder.resolve("keys.json");
  }

  Path pinned() {
    return folder.resolve(ROOT + ".pub");
  }

  Path root() {
    return secret(ROOT);
  }

  Path secret(String name) {
    return folder.resolve(name + ".key");
  }

  /**
   * Writes a secret that nobody else can read, and never over another one.
   *
   * @throws FileAlreadyExistsException if there is one of that name
   */
  void keep(Path file, SigningKey key) throws IOException {
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, key.pem(), StandardOpenOption.SYNC);
  }

  void write(KeyChain chain) throws IOException {
    SyncedFiles.replace(chain(), (chain.text() + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** A file of {@code root.pub}'s form. */
  static VerifyingKey verifying(Path file) throws IOException {
    return readable(file, VerifyingKey::parse);
  }

  static SigningKey signing(Path file) throws IOException {
    return readable(file, SigningKey::parse);
  }

  /** Whether the files beside a key say that it is the root: edges follow no bundle of its. */
  static boolean isRoot(Path key, SigningKey signer) {
    Path folder = key.toAbsolutePath().getParent();
    if (folder == null) {
      return false;
    }
    var files = new KeyFiles(folder);
    try {
      VerifyingKey pinned = verifying(files.pinned());
      return signer.verifying().equals(pinned)
          || (KeyChain.read(Files.readAllBytes(files.chain()), pinned, 0)
                  instanceof KeyChain.Good(KeyChain _, KeyDocument newest)
              && newest.roots().contains(signer.verifying()));
    } catch (IOException unknown) {
      return false; // A publisher's key need not lie beside the files of its root.
    }
  }

  private static <T> T readable(Path file, Function<String, T> parse) throws IOException {
    try {
      return parse.apply(Files.readString(file));
    } catch (IllegalArgumentException notOne) {
      throw new IOException(file + " " + notOne.getMessage(), notOne);
    }
  }
}
