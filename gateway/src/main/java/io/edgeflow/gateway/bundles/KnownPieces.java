package io.edgeflow.gateway.bundles;

import io.edgeflow.gateway.bundles.BundlePlan.Piece;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.process.trust.Statement.SignedFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Where on the disk a piece may lie already, by its hash. */
final class KnownPieces {
  /**
   * @param offset of its first byte
   */
  record Place(Path file, long offset) {}

  private final Map<String, Place> places = new HashMap<>();

  /** All that a folder should hold. */
  void add(Path folder, Statement said) {
    var plan = new BundlePlan(said);
    for (SignedFile file : said.files()) {
      for (int i = 0; i < file.chunks().size(); i++) {
        add(folder, plan.piece(file, i));
      }
    }
  }

  void add(Path folder, Piece piece) {
    places.putIfAbsent(
        piece.sha256(), new Place(folder.resolve(piece.file().name()), piece.offset()));
  }

  Optional<Place> find(Piece piece) {
    return Optional.ofNullable(places.get(piece.sha256()));
  }

  /** It is not what it should be, or cannot be read. */
  void forget(Piece piece) {
    places.remove(piece.sha256());
  }
}
