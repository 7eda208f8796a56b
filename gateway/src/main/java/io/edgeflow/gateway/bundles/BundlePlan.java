package io.edgeflow.gateway.bundles;

import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.util.List;

/** The files of a bundle and their pieces, as a publisher signed them. */
record BundlePlan(Statement statement) {
  /**
   * A piece of a file.
   *
   * @param offset of its first byte in the file
   */
  record Piece(SignedFile file, int index, long offset, int length) {
    String sha256() {
      return file.chunks().get(index);
    }

    long end() {
      return offset + length;
    }
  }

  List<SignedFile> files() {
    return statement.files();
  }

  Piece piece(SignedFile file, int index) {
    long offset = (long) index * statement.chunkSize();
    return new Piece(
        file, index, offset, (int) Math.min(statement.chunkSize(), file.length() - offset));
  }
}
