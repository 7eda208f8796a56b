package io.edgeflow.gateway.site.cache;

import io.edgeflow.inference.guard.SyncedFiles;
import io.edgeflow.process.trust.Statement;
import io.edgeflow.wire.document.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which bundles are kept for members, the last one asked for first: a line with digest and bytes
 * for each. Guarded by its owner.
 */
final class CacheList {
  private static final Logger log = LoggerFactory.getLogger(CacheList.class);

  private final Path file;
  private final Map<String, Long> sizes = new HashMap<>();
  private List<String> written = List.of();

  CacheList(Path file) {
    this.file = file;
  }

  /** What cannot be read is fetched again when somebody asks for it. */
  List<String> read() {
    List<String> digests = new ArrayList<>();
    try {
      if (Files.exists(file)) {
        for (String line : Files.readAllLines(file)) {
          String[] words = line.split(" ", -1);
          if (words.length == 2 && Digests.isOne(words[0])) {
            sizes.put(words[0], Long.parseLong(words[1]));
            digests.add(words[0]);
          }
        }
      }
    } catch (IOException | NumberFormatException damaged) {
      log.warn("The list of bundles for members cannot be read", damaged);
    }
    written = List.copyOf(digests);
    return digests;
  }

  long bytes(String digest) {
    return sizes.getOrDefault(digest, 0L);
  }

  /** On the disk when it returns. */
  void write(List<String> digests, Function<String, Optional<Statement>> statements)
      throws IOException {
    if (digests.equals(written)) {
      return;
    }
    for (String digest : digests) {
      statements.apply(digest).ifPresent(known -> sizes.put(digest, known.bytes()));
    }
    sizes.keySet().retainAll(digests);
    StringBuilder text = new StringBuilder();
    digests.forEach(digest -> text.append(digest).append(' ').append(bytes(digest)).append('\n'));
    Files.createDirectories(file.toAbsolutePath().getParent());
    SyncedFiles.replace(file, text.toString().getBytes(StandardCharsets.UTF_8));
    written = List.copyOf(digests);
  }
}
